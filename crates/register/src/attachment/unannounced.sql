SELECT statement.id
FROM statement
JOIN series ON series.id = statement.series
WHERE signature IS NOT NULL
  AND document IS NOT NULL
  AND signing_key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.statement = statement.id AND kind = 'signed_statement')
ORDER BY statement.id
