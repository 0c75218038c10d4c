SELECT series.series, file_refusal.seq, digest FROM file_refusal JOIN series ON series.id = file_refusal.series
