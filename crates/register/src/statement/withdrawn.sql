SELECT series.series, withdrawn_seq, withdrawn_reason
FROM statement
JOIN series ON series.id = statement.withdrawn_series
WHERE statement.id = ?1
