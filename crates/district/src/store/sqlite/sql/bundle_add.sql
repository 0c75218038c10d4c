INSERT OR IGNORE INTO bundle (digest, device, number, taken_at) VALUES (?1, ?2, ?3, ?4)
