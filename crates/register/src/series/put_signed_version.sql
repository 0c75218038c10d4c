UPDATE statement_person
SET version_series = (SELECT id FROM series WHERE series = ?5), version_seq = ?6
WHERE statement = (SELECT id FROM statement WHERE series = ?1 AND seq = ?2)
  AND person = (SELECT person.id FROM person JOIN series ON series.id = person.entity_series
                WHERE series.series = ?3 AND person.entity_seq = ?4)
