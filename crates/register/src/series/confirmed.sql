SELECT order_at
FROM entry
JOIN series ON series.id = entry.series
WHERE series.series = ?1 AND entry.seq = ?2 AND (
    ?3 OR origin NOT IN ('own', 'former')
    OR entry.seq <= (SELECT coalesce(max(receipt.seq), 0) FROM receipt WHERE receipt.series = entry.series)
)
