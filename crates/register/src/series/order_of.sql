SELECT order_at FROM entry JOIN series ON series.id = entry.series WHERE series.series = ?1 AND entry.seq = ?2
