SELECT coalesce(sum(length(body)), 0) FROM entry WHERE series = ?1 AND seq > ?2 AND seq <= ?3;
