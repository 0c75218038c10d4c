SELECT place, person, series.series, version_seq, attested, struck_reason
FROM statement_person
JOIN series ON series.id = statement_person.version_series
WHERE statement = ?1
ORDER BY place
