SELECT person, version
FROM person_event
JOIN series ON series.id = person_event.series
WHERE series.series = ?1 AND person_event.seq = ?2 AND version IS NOT NULL AND person_event.kind IN ('released', 'corrected', 'ended')
