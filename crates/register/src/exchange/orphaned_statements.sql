SELECT id FROM statement WHERE series = ?1 AND seq > ?2 ORDER BY id
