DELETE FROM sync_attempt WHERE id <= (SELECT max(id) FROM sync_attempt) - ?1 AND succeeded = 0
