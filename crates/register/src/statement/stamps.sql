SELECT stamp.id, at, actor, stamp.kind, serial, stamped_on, original_at, note, series.series, stamp.seq, refused_at,
       refused_words, other_village, refusing.series, refused_seq
FROM stamp
JOIN series ON series.id = stamp.series
LEFT JOIN series AS refusing ON refusing.id = stamp.refused_series
WHERE statement = ?1
ORDER BY stamp.order_at, series.series, stamp.seq
