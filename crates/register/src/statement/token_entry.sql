SELECT token_at, series.series, token_seq
FROM statement
JOIN series ON series.id = statement.token_series
WHERE statement.id = ?1
