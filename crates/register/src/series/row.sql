SELECT id FROM series WHERE series = ?1
