SELECT size, media
FROM file
WHERE digest = ?1
  AND here = 0
  AND (EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = ?1 AND seq IS NOT NULL AND removed_at IS NULL)
       OR EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = ?1))
