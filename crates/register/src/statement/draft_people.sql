SELECT person FROM draft_person WHERE statement = ?1 ORDER BY place
