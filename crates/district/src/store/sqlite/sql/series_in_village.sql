SELECT id, kind, village, device, key, length, head, continues_series, continues_seq, reentered FROM series
WHERE village = ?1 ORDER BY id;
