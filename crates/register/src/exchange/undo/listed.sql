DELETE FROM statement_person WHERE statement = ?1
