INSERT OR REPLACE INTO stick_written (number, at) VALUES (?1, ?2)
