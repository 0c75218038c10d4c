SELECT person.id
FROM population
JOIN person ON person.id = population.person
WHERE population.id = ?1 AND person.state <> 'cancelled'
UNION ALL
SELECT id FROM person WHERE nik = ?2 AND nik <> '' AND state <> 'cancelled'
UNION ALL
SELECT id FROM person WHERE nik_released = ?2 AND nik_released <> '' AND state <> 'cancelled'
LIMIT 1
