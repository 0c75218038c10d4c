SELECT at, actor, person_event.kind, version, series.series, person_event.seq, readiness, attested_changed, fields, end_kind, end_on,
       answer, reasons, officer, statement, note, coalesce(series.receipted_seq, 0)
FROM person_event
LEFT JOIN series ON series.id = person_event.series
WHERE person = ?1
ORDER BY person_event.id
