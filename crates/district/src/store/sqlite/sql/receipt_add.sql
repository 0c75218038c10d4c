INSERT INTO receipt (series, seq, head, at, signature) VALUES (?1, ?2, ?3, ?4, ?5);
