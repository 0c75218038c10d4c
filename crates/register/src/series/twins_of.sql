SELECT same_seq, min(series), seq
FROM twin
WHERE same_series = ?1 AND same_seq > ?2 AND series <> ?1
GROUP BY same_seq
ORDER BY same_seq
