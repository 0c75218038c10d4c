UPDATE entry SET order_at = ?3 WHERE series = ?1 AND seq = ?2 AND order_at <> ?3
