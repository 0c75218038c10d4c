INSERT INTO attested (person_series, person_seq, statement_series, statement_seq, version_series, version_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
