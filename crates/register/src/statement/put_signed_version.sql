UPDATE statement_person
SET version_series = (SELECT id FROM series WHERE series = ?3), version_seq = ?4
WHERE statement = ?1 AND person = ?2
