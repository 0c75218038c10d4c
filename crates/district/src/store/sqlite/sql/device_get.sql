SELECT id, village, key, enrolled_at, revoked_at, last_exchange FROM device WHERE id = ?1;
