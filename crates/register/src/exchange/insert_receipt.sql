INSERT INTO receipt (series, seq, at, head, proof) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (series, seq) DO NOTHING
