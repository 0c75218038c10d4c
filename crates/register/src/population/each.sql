SELECT id, nik, name, kk, hamlet, birth_date, occupation, mother FROM population INDEXED BY population_crowd
