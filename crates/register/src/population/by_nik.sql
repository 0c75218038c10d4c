SELECT id FROM population WHERE nik = ?1 AND nik <> ''
