INSERT INTO not_same (person, other, at, order_at, actor, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET at = ?3, order_at = ?4, actor = ?5, reason = ?6
