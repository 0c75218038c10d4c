SELECT id, village, key, enrolled_at, revoked_at, last_exchange FROM device ORDER BY village, enrolled_at, id;
