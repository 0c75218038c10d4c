SELECT person
FROM person_event
JOIN series ON series.id = person_event.series
WHERE series.series = ?1 AND person_event.seq = ?2 AND person_event.kind IN ('released', 'corrected', 'ended')
