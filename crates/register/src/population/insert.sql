INSERT INTO population (nik, name, kk, hamlet, birth_date, occupation, mother, import, values_read)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
