INSERT INTO head_certificate (public_key, certificate, not_before, not_after, officer, at, series, seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT id FROM series WHERE series = ?7), ?8)
