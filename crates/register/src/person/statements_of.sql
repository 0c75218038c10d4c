SELECT statement FROM statement_person WHERE person = ?1 ORDER BY statement DESC
