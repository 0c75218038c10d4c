SELECT digest, size, media
FROM file
WHERE here = 1
  AND kept_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM file_refusal WHERE file_refusal.digest = file.digest)
  AND (EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = file.digest AND removed_at IS NULL AND seq IS NOT NULL)
       OR EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = file.digest))
ORDER BY size, digest
