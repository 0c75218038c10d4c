SELECT later.id
FROM statement_replaces
JOIN statement AS later ON later.id = statement_replaces.statement
WHERE statement_replaces.replaced = ?1 AND later.status = 'signed'
ORDER BY later.id
