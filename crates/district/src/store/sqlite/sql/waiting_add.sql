INSERT INTO waiting (series, seq, village, needs_series, needs_seq) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (series, seq) DO UPDATE SET needs_series = excluded.needs_series, needs_seq = excluded.needs_seq;
