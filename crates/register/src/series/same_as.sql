SELECT same.series, twin.same_seq
FROM twin
JOIN series AS same ON same.id = twin.same_series
WHERE twin.series = (SELECT id FROM series WHERE series = ?1) AND twin.seq = ?2
