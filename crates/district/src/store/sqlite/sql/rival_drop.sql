DELETE FROM rival
WHERE person_series = ?1 AND person_seq = ?2 AND version_series = ?3 AND version_seq = ?4;
