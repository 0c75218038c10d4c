SELECT version.series, version_base.seq, base.series, base_seq
FROM person_event
JOIN version_base ON version_base.series = person_event.series AND version_base.seq = person_event.seq
JOIN series AS version ON version.id = version_base.series
JOIN series AS base ON base.id = version_base.base_series
WHERE person_event.person = ?1 AND person_event.kind = 'corrected'
ORDER BY version_base.series, version_base.seq, version_base.place
