SELECT id, series, kind, public_key, origin, seq, head, receipted_seq,
       coalesce((SELECT max(receipt.seq) FROM receipt WHERE receipt.series = series.id), 0)
FROM series
WHERE origin = 'own' AND kind = ?1
