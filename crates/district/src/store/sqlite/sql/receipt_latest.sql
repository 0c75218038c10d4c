SELECT series, seq, head, at, signature FROM receipt WHERE series = ?1 ORDER BY seq DESC LIMIT 1;
