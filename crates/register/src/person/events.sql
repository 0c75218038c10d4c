SELECT order_at, at, actor, person_event.kind, series.series, person_event.seq, readiness, attested_changed, fields,
       end_kind, end_on, answer, reasons, officer, statement, note, coalesce(series.receipted_seq, 0), about.series,
       about_seq
FROM person_event
LEFT JOIN series ON series.id = person_event.series
LEFT JOIN series AS about ON about.id = about_series
WHERE person = ?1
ORDER BY order_at, person_event.seq IS NULL, series.series, person_event.seq, person_event.id
