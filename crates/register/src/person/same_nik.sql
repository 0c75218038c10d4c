SELECT id FROM person WHERE nik = ?1 AND nik <> '' AND id <> ?2
UNION
SELECT id FROM person WHERE nik_released = ?1 AND nik_released <> '' AND id <> ?2
ORDER BY id
