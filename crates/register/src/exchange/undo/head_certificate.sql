DELETE FROM head_certificate WHERE series = ?1 AND seq > ?2
