INSERT INTO file_part (digest, start, bytes) VALUES (?1, ?2, ?3)
