INSERT INTO file (digest, media, size, here) VALUES (?1, ?2, ?3, 0) ON CONFLICT (digest) DO NOTHING
