SELECT coalesce(
    bytes,
    (SELECT document
     FROM attachment
     JOIN statement ON statement.id = attachment.statement
     WHERE attachment.digest = file.digest AND attachment.kind = 'signed_statement' AND document IS NOT NULL
     LIMIT 1)
)
FROM file
WHERE digest = ?1 AND here = 1
