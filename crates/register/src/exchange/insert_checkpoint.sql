INSERT INTO checkpoint (series, seq, head, proof) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (series, seq) DO NOTHING
