SELECT statement.id, number, collective, status, document IS NOT NULL,
       (SELECT count(*) FROM statement_person WHERE statement = statement.id AND struck_reason IS NULL),
       (SELECT count(*) FROM statement_person WHERE statement = statement.id AND struck_reason IS NOT NULL),
       prepared_at, signed_on, prepared_by, regulation.name, statement.digest, strokes, signed_at, signer, title,
       statement.public_key, statement.signature, series.series, statement.seq, withdrawn_reason
FROM statement
JOIN regulation ON regulation.id = statement.regulation
LEFT JOIN series ON series.id = statement.series
WHERE statement.id = ?1
