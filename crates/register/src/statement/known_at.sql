SELECT coalesce((SELECT max(at) FROM receipt), 0),
       max(coalesce((SELECT at FROM entry WHERE entry.series = series.id AND entry.seq = series.seq), 0))
FROM series
WHERE kind <> 'local'
