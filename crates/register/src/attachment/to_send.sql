SELECT digest, size, media
FROM file
WHERE here = 1
  AND kept_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM file_refusal WHERE file_refusal.digest = file.digest)
  AND (EXISTS (SELECT 1
               FROM attachment
               JOIN series ON series.id = attachment.series
               WHERE attachment.digest = file.digest AND removed_at IS NULL AND attachment.seq <= receipted_seq)
       OR EXISTS (SELECT 1
                  FROM stamp_file
                  JOIN stamp ON stamp.id = stamp_file.stamp
                  JOIN series ON series.id = stamp.series
                  WHERE stamp_file.digest = file.digest AND stamp.seq <= receipted_seq))
ORDER BY size, digest
