SELECT series, seq, head, signature FROM checkpoint
WHERE series = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq DESC LIMIT 1;
