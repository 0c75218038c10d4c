INSERT INTO file (digest, media, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (digest) DO NOTHING
