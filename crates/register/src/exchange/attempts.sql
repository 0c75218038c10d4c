SELECT at, succeeded, entries_sent, entries_received, words FROM sync_attempt ORDER BY id DESC LIMIT ?1
