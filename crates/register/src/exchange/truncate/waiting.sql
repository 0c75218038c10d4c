DELETE FROM waiting_effect WHERE series = ?1 AND seq > ?2
