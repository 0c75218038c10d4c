SELECT series.series, twin.seq, same.series, twin.same_seq
FROM twin
JOIN series ON series.id = twin.series
JOIN series AS same ON same.id = twin.same_series
