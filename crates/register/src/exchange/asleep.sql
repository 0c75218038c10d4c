SELECT 1
FROM waiting_effect
JOIN series ON series.id = waiting_effect.series
WHERE series.series = ?1 AND waiting_effect.seq = ?2
LIMIT 1
