SELECT village, key, from_at, reason, officer, note, recorded_at FROM head_revocation ORDER BY village, key;
