DELETE FROM sync_attempt
WHERE id <= (SELECT max(id) FROM sync_attempt) - ?1
  AND id <> coalesce((SELECT max(id) FROM sync_attempt WHERE succeeded = 1), 0)
