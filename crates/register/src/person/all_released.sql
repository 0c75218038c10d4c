SELECT id FROM person WHERE entity_seq IS NOT NULL ORDER BY id
