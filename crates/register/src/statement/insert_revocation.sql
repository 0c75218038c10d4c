INSERT INTO head_revocation (public_key, from_at, reason, officer, note, at, series, seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT id FROM series WHERE series = ?7), ?8)
