INSERT OR IGNORE INTO attachment_named (series, seq, digest, village) VALUES (?1, ?2, ?3, ?4)
