INSERT INTO waiting_effect (on_series, on_seq, series, seq)
SELECT series, 1, id, ?2 FROM series WHERE id = ?1
ON CONFLICT DO NOTHING
