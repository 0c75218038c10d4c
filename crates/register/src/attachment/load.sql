SELECT person, statement, attachment.kind, digest, series.series, attachment.seq, removed_at
FROM attachment
LEFT JOIN series ON series.id = attachment.series
WHERE attachment.id = ?1
