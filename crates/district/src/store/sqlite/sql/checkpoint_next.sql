SELECT series, seq, head, signature FROM checkpoint WHERE series = ?1 AND seq > ?2 ORDER BY seq LIMIT 1;
