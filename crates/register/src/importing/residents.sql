SELECT id, nik, name, kk, birth_date FROM population INDEXED BY population_crowd
