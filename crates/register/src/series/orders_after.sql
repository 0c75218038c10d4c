SELECT seq, order_at FROM entry WHERE series = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
