INSERT INTO statement_person (statement, place, person, version_series, version_seq, attested, struck_reason, struck_at)
VALUES (?1, ?2, ?3, (SELECT id FROM series WHERE series = ?4), ?5, ?6, ?7, ?8)
ON CONFLICT DO NOTHING
