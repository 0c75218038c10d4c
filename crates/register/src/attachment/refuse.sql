INSERT INTO file_refusal (series, seq, digest, at, words) VALUES ((SELECT id FROM series WHERE series = ?1), ?2, ?3, ?4, ?5)
ON CONFLICT (series, seq) DO NOTHING
