INSERT INTO withdrawal (series, seq, village) VALUES (?1, ?2, ?3)
ON CONFLICT (series, seq, village) DO NOTHING;
