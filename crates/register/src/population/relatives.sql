SELECT id FROM person
WHERE kk = ?1 AND kk <> '' AND id <> ?2 AND state NOT IN ('ended', 'cancelled')
ORDER BY birth_date IS NULL, birth_date, id
