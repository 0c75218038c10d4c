SELECT id, nik, name, kk, birth_date FROM person INDEXED BY person_roster WHERE state <> 'cancelled'
