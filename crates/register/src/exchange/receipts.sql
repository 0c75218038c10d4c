SELECT seq, at, head, proof FROM receipt WHERE series = ?1 ORDER BY seq
