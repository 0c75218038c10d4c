INSERT INTO checkpoint (series, seq, head, signature) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (series, seq) DO NOTHING;
