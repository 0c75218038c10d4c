INSERT INTO series (id, kind, village, device, key, length, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE SET length = excluded.length, head = excluded.head;
