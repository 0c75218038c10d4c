INSERT OR IGNORE INTO stick_taken (digest, number, at) VALUES (?1, ?2, ?3)
