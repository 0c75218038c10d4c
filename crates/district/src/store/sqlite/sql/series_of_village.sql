SELECT id, kind, village, device, key, length, head, continues_series, continues_seq, reentered FROM series
WHERE village = ?1 AND device IS NOT NULL ORDER BY id;
