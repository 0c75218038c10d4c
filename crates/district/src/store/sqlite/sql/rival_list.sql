SELECT version_series, version_seq FROM rival
WHERE person_series = ?1 AND person_seq = ?2 ORDER BY version_series, version_seq;
