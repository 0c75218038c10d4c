INSERT INTO device (id, village, key, enrolled_at, revoked_at, last_exchange) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at, last_exchange = excluded.last_exchange;
