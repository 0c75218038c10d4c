DELETE FROM file
WHERE digest = ?1
  AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = ?1)
  AND NOT EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = ?1)
