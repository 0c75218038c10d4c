SELECT id, village, key, enrolled_at, revoked_at, last_exchange, have, revoked_by, revoked_note FROM device
ORDER BY village, enrolled_at, id;
