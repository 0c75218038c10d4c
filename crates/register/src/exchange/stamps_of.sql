SELECT id FROM stamp WHERE statement = ?1 ORDER BY id
