SELECT regulation.name, strokes, signed_at, signed_on, signer, title, statement.public_key,
       statement.signature, seal, series.series, statement.seq, withdrawn_reason, withdrawn_at, token_at,
       originals_printed, copies_printed
FROM statement
JOIN regulation ON regulation.id = statement.regulation
LEFT JOIN series ON series.id = statement.series
WHERE statement.id = ?1
