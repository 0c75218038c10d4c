SELECT count(*) FROM told
WHERE first_series = ?1 AND first_seq = ?2 AND other_series = ?3 AND other_seq = ?4 AND nik = ?5;
