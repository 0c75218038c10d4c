UPDATE stamp
SET order_at = (SELECT entry.order_at FROM entry WHERE entry.series = stamp.series AND entry.seq = stamp.seq)
