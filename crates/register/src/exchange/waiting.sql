SELECT on_series, on_seq, series.series, waiting_effect.seq
FROM waiting_effect
JOIN series ON series.id = waiting_effect.series
ORDER BY series.id, waiting_effect.seq
