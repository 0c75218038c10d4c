SELECT receipted_seq FROM series WHERE series = ?1
