INSERT INTO stamp (statement, at, actor, kind, serial, stamped_on, original_at, note, series, seq, order_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT id FROM series WHERE series = ?9), ?10, ?11)
