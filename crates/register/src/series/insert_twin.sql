INSERT INTO twin (series, seq, same_series, same_seq)
VALUES ((SELECT id FROM series WHERE series = ?1), ?2, (SELECT id FROM series WHERE series = ?3), ?4)
