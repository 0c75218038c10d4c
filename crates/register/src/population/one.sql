SELECT id, nik, name, kk, hamlet, birth_date, occupation, mother FROM population WHERE id = ?1
