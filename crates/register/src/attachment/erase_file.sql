UPDATE file
SET bytes = NULL, here = 0, kept_at = NULL, receipt = NULL
WHERE digest = ?1
  AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = ?1 AND removed_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = ?1)
