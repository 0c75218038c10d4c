UPDATE population
SET nik = ?1, name = ?2, kk = ?3, hamlet = ?4, birth_date = ?5, occupation = ?6, mother = ?7, import = ?8,
    values_read = ?9
WHERE id = ?10
