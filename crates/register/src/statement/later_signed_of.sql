SELECT later.id
FROM statement_person
JOIN statement AS later ON later.id = statement_person.statement
WHERE statement_person.person = ?1 AND statement_person.struck_reason IS NULL AND later.status = 'signed'
  AND later.order_at > ?2
ORDER BY later.order_at DESC
LIMIT 1
