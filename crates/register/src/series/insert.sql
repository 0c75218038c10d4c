INSERT INTO series (series, kind, origin, public_key, signing_key, seq, head) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
