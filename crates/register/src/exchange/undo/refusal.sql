UPDATE stamp
SET refused_at = NULL, refused_words = NULL, other_village = NULL, refused_series = NULL, refused_seq = NULL
WHERE refused_series = ?1 AND refused_seq > ?2
