DELETE FROM twin WHERE series = ?1 AND seq > ?2
