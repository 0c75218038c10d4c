INSERT INTO device (id, village, key, enrolled_at, revoked_at, last_exchange, have, revoked_by, revoked_note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET
    revoked_at = excluded.revoked_at, last_exchange = excluded.last_exchange, have = excluded.have,
    revoked_by = excluded.revoked_by, revoked_note = excluded.revoked_note;
