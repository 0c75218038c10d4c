DELETE FROM head_key WHERE series = ?1 AND seq > ?2
