SELECT series, seq, head, at, signature FROM receipt
WHERE series = ?1 AND seq >= ?2 ORDER BY seq LIMIT 1;
