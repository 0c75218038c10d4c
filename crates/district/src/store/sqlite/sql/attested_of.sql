SELECT statement_series, statement_seq, version_series, version_seq FROM attested
WHERE person_series = ?1 AND person_seq = ?2 ORDER BY number;
