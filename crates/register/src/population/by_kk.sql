SELECT id, nik, name, kk, hamlet, birth_date, occupation, mother
FROM population
WHERE kk = ?1 AND kk <> ''
ORDER BY birth_date IS NULL, birth_date, id
