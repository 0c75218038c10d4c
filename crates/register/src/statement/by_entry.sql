SELECT statement.id
FROM statement
JOIN series ON series.id = statement.series
WHERE series.series = ?1 AND statement.seq = ?2
