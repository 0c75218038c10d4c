DELETE FROM person WHERE id = ?1 AND entity_seq IS NULL
