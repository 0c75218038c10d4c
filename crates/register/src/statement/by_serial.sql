SELECT statement
FROM stamp
WHERE serial = ?1 AND (
    refused_seq IS NOT NULL
    OR id = (SELECT max(newest.id) FROM stamp AS newest WHERE newest.statement = stamp.statement)
)
ORDER BY id
LIMIT 1
