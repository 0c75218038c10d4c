SELECT DISTINCT attested.person_series, attested.person_seq FROM attested
JOIN statement ON statement.series = attested.statement_series AND statement.seq = attested.statement_seq
WHERE statement.village = ?1 AND statement.key = ?2;
