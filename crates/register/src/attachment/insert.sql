INSERT INTO attachment (person, statement, kind, digest, name, at, actor, series, seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT id FROM series WHERE series = ?8), ?9)
ON CONFLICT (series, seq) WHERE seq IS NOT NULL DO NOTHING
