SELECT person.id
FROM person
JOIN series ON series.id = person.entity_series
WHERE series.series = ?1 AND person.entity_seq = ?2
