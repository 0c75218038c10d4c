SELECT seq FROM entry WHERE series = ?1 AND at >= ?2 ORDER BY seq LIMIT 1
