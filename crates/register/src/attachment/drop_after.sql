DELETE FROM attachment WHERE series = ?1 AND seq > ?2
