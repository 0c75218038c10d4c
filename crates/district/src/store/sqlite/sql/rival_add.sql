INSERT INTO rival (person_series, person_seq, version_series, version_seq) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO NOTHING;
