SELECT digest, size, (SELECT coalesce(sum(length(file_part.bytes)), 0) FROM file_part WHERE file_part.digest = file.digest)
FROM file
WHERE here = 0
  AND NOT EXISTS (SELECT 1 FROM file_refusal WHERE file_refusal.digest = file.digest)
  AND (EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = file.digest AND seq IS NOT NULL AND removed_at IS NULL)
       OR EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = file.digest))
ORDER BY size, digest
