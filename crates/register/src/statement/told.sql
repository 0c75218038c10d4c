SELECT person_event.kind, series.series, person_event.seq, statement, count(*)
FROM person_event
JOIN series ON series.id = person_event.series
WHERE person_event.kind IN ('signed', 'stamped', 'stamp_refused', 'uncovered')
GROUP BY person_event.kind, series.series, person_event.seq, statement
