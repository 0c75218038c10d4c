SELECT statement
FROM stamp
WHERE serial = ?1 AND (
    refused_seq IS NOT NULL
    OR id = (SELECT newest.id FROM stamp AS newest WHERE newest.statement = stamp.statement
             ORDER BY newest.order_at DESC, newest.id DESC LIMIT 1)
)
ORDER BY id
LIMIT 1
