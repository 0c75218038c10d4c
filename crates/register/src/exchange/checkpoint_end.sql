SELECT coalesce((SELECT max(seq) FROM checkpoint WHERE series = ?1 AND seq > ?2 AND seq <= ?3),
                (SELECT min(seq) FROM checkpoint WHERE series = ?1 AND seq > ?2))
