SELECT village, key, series, seq FROM head_key WHERE ?1 IS NULL OR village = ?1 ORDER BY village, series, seq;
