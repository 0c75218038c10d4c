DELETE FROM checkpoint WHERE series = ?1 AND seq > ?2
