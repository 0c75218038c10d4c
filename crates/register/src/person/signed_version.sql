SELECT series.series, version_seq
FROM statement_person
JOIN series ON series.id = statement_person.version_series
WHERE statement = ?1 AND person = ?2
