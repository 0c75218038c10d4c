INSERT INTO entry (series, seq, at, digest, head, body, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
