SELECT id, at, via, succeeded, entries_sent, entries_received, people_sent, attachments_sent, attachments_received,
       compared, words
FROM sync_attempt
ORDER BY id DESC
LIMIT ?1
