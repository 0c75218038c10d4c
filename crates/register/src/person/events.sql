SELECT person_event.order_at, person_event.at, person_event.actor, person_event.kind, series.series, person_event.seq,
       readiness, attested_changed, fields, end_kind, end_on, answer, reasons, officer, person_event.statement,
       person_event.note, coalesce(series.receipted_seq, 0), about.series, about_seq, stamp.refused_seq IS NOT NULL
FROM person_event
LEFT JOIN series ON series.id = person_event.series
LEFT JOIN series AS about ON about.id = about_series
LEFT JOIN stamp ON person_event.kind = 'stamped' AND stamp.series = person_event.series AND stamp.seq = person_event.seq
WHERE person = ?1
ORDER BY person_event.order_at, person_event.seq IS NULL, series.series, person_event.seq, person_event.id
