INSERT INTO series (id, kind, village, device, key, length, head, continues_series, continues_seq, reentered)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET device = excluded.device, length = excluded.length, head = excluded.head;
