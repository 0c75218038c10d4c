SELECT EXISTS (SELECT 1 FROM statement_person WHERE person = ?1) OR EXISTS (SELECT 1 FROM draft_person WHERE person = ?1)
