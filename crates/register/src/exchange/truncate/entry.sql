DELETE FROM entry WHERE series = ?1 AND seq > ?2
