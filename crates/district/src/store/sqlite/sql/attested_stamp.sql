UPDATE attested SET stamped = 1 WHERE statement_series = ?1 AND statement_seq = ?2;
