SELECT id, number, collective, status, document IS NOT NULL,
       (SELECT count(*) FROM statement_person WHERE statement = statement.id AND struck_reason IS NULL),
       (SELECT count(*) FROM statement_person WHERE statement = statement.id AND struck_reason IS NOT NULL),
       prepared_at, signed_on
FROM statement
ORDER BY id DESC
