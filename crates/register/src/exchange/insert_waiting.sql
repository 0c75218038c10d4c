INSERT INTO waiting_effect (on_series, on_seq, series, seq) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING
