SELECT person_series, person_seq FROM attested
WHERE statement_series = ?1 AND statement_seq = ?2 ORDER BY number;
