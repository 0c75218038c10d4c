INSERT INTO sync_attempt (at, succeeded, entries_sent, entries_received, words) VALUES (?1, ?2, ?3, ?4, ?5)
