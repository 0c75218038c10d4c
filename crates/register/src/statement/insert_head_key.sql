INSERT INTO head_key (slot, name, title, public_key, encrypted_pem, made_at, series, seq, certificate)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT id FROM series WHERE series = ?7), ?8, ?9)
