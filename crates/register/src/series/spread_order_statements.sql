UPDATE statement
SET order_at = (SELECT entry.order_at FROM entry WHERE entry.series = statement.series AND entry.seq = statement.seq)
WHERE seq IS NOT NULL
