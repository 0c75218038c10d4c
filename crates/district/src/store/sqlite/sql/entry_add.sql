INSERT INTO entry (series, seq, body, salt, digest, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
