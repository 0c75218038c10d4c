DELETE FROM draft_person WHERE statement = ?1
