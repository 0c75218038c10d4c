SELECT series.series, person_event.seq
FROM person_event
JOIN series ON series.id = person_event.series
WHERE person_event.person = ?1 AND person_event.kind IN ('corrected', 'ended', 'answered', 'nik_elsewhere')
  AND NOT (person_event.series = ?2 AND person_event.seq > ?3)
