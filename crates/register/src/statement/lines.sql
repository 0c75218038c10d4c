SELECT statement.id, statement.number, statement.collective, statement.status, statement.digest IS NOT NULL,
       CASE statement.status
           WHEN 'draft' THEN (SELECT count(*) FROM draft_person WHERE draft_person.statement = statement.id)
           ELSE (SELECT count(*) FROM statement_person AS listed
                 WHERE listed.statement = statement.id AND listed.struck_reason IS NULL)
       END,
       (SELECT count(*) FROM statement_person AS listed
        WHERE listed.statement = statement.id AND listed.struck_reason IS NOT NULL),
       statement.prepared_at, statement.signed_on, statement.seq, statement.withdrawn_seq,
       coalesce(statement.seq <= series.receipted_seq, 1) AND coalesce(withdrawn_seq <= withdrawing.receipted_seq, 1)
           AND coalesce(stamp.seq <= stamping.receipted_seq, 1),
       stamp.kind, stamp.serial, stamp.stamped_on, stamp.seq, stamp.refused_seq, stamp.original_at,
       CASE statement.status
           WHEN 'signed' THEN (
               SELECT count(*) FROM statement_person AS listed
               WHERE listed.statement = statement.id AND listed.struck_reason IS NULL AND EXISTS (
                   SELECT 1 FROM statement_person AS again JOIN statement AS later ON later.id = again.statement
                   WHERE again.person = listed.person AND again.struck_reason IS NULL AND later.status = 'signed'
                     AND later.order_at > statement.order_at))
           ELSE 0
       END,
       CASE statement.status
           WHEN 'signed' THEN (
               SELECT count(*) FROM statement_person AS listed JOIN person ON person.id = listed.person
               WHERE listed.statement = statement.id AND listed.struck_reason IS NULL
                 AND person.state IN ('ended', 'cancelled') AND NOT EXISTS (
                   SELECT 1 FROM statement_person AS again JOIN statement AS later ON later.id = again.statement
                   WHERE again.person = listed.person AND again.struck_reason IS NULL AND later.status = 'signed'
                     AND later.order_at > statement.order_at))
           ELSE 0
       END,
       statement.signer, statement.prepared_by,
       CASE statement.status
           WHEN 'draft' THEN (SELECT person.name FROM draft_person AS named JOIN person ON person.id = named.person
                              WHERE named.statement = statement.id ORDER BY named.place LIMIT 1)
       END,
       (SELECT first.attested FROM statement_person AS first
        WHERE first.statement = statement.id AND first.struck_reason IS NULL ORDER BY first.place LIMIT 1)
FROM statement
LEFT JOIN series ON series.id = statement.series
LEFT JOIN series AS withdrawing ON withdrawing.id = statement.withdrawn_series
LEFT JOIN stamp ON stamp.id = (SELECT newest.id FROM stamp AS newest WHERE newest.statement = statement.id
                               ORDER BY newest.order_at DESC, newest.id DESC LIMIT 1)
LEFT JOIN series AS stamping ON stamping.id = stamp.series
WHERE statement.id BETWEEN ?1 AND ?2
ORDER BY statement.id DESC
