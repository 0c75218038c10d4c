INSERT INTO entry (series, seq, at, order_at, digest, head, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
