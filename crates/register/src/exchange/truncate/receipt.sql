DELETE FROM receipt WHERE series = ?1 AND seq > ?2
