INSERT INTO file (digest, media, size, here, bytes) VALUES (?1, ?2, ?3, 1, ?4)
ON CONFLICT (digest) DO UPDATE SET media = excluded.media, size = excluded.size, here = 1, bytes = excluded.bytes
WHERE here = 0
