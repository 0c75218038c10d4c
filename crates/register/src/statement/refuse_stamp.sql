UPDATE stamp
SET refused_at = ?2, refused_words = ?3, other_village = ?4, refused_series = (SELECT id FROM series WHERE series = ?5),
    refused_seq = ?6
WHERE id = ?1
