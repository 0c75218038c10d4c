SELECT id, kind, village, device, key, length, head, continues_series, continues_seq, reentered FROM series
WHERE id = ?1;
