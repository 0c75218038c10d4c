INSERT INTO series (series, kind, public_key, signing_key, seq, head) VALUES (?1, ?2, ?3, ?4, 0, ?5)
