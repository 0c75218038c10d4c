SELECT statement.id
FROM statement_person
JOIN statement ON statement.id = statement_person.statement
WHERE statement_person.person = ?1 AND statement_person.struck_reason IS NULL AND statement.status = 'signed'
  AND statement.id <> ?2
ORDER BY statement.order_at DESC
LIMIT 1
