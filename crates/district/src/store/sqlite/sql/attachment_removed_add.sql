INSERT OR IGNORE INTO attachment_removed (series, seq, village) VALUES (?1, ?2, ?3)
