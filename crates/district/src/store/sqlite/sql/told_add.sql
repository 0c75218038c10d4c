INSERT INTO told (first_series, first_seq, other_series, other_seq, nik) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO NOTHING;
