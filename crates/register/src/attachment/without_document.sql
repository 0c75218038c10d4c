SELECT statement.id, statement.digest
FROM attachment
JOIN statement ON statement.id = attachment.statement
WHERE attachment.digest = ?1 AND kind = 'signed_statement' AND document IS NULL
