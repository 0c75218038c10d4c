DELETE FROM waiting_effect WHERE series = (SELECT id FROM series WHERE series = ?1) AND seq = ?2
