SELECT DISTINCT statement_series, statement_seq FROM attested;
