UPDATE person_event
SET order_at = (SELECT entry.order_at FROM entry WHERE entry.series = person_event.series AND entry.seq = person_event.seq)
WHERE seq IS NOT NULL
