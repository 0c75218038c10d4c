SELECT DISTINCT digest FROM attachment WHERE series = ?1 AND seq > ?2
