SELECT village, key, series, seq FROM head_key WHERE village = ?1 AND key = ?2;
