UPDATE person SET entity_series = ?3, entity_seq = entity_seq - ?2 + 1 WHERE entity_series = ?1 AND entity_seq > ?2
