INSERT INTO version_base (series, seq, place, base_series, base_seq)
VALUES ((SELECT id FROM series WHERE series = ?1), ?2, ?3, (SELECT id FROM series WHERE series = ?4), ?5)
ON CONFLICT DO NOTHING
