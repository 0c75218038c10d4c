SELECT id FROM person WHERE entity_series = ?1 AND entity_seq > ?2 ORDER BY id
