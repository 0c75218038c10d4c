DELETE FROM statement_person WHERE version_series = ?1 AND version_seq > ?2
