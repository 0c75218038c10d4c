INSERT INTO sync_attempt (at, via, succeeded, entries_sent, entries_received, people_sent, attachments_sent,
                          attachments_received, compared, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
