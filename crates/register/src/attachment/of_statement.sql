SELECT attachment.id, kind, file.media, size, name, attachment.at, actor, attachment.digest, attachment.seq IS NOT NULL, here,
       kept_at,
       (SELECT words FROM file_refusal WHERE file_refusal.digest = file.digest ORDER BY at DESC LIMIT 1)
FROM attachment
JOIN file ON file.digest = attachment.digest
WHERE statement = ?1 AND removed_at IS NULL
UNION ALL
SELECT NULL, 'scan', file.media, size, name, stamp.at, actor, stamp_file.digest, 1, here, kept_at,
       (SELECT words FROM file_refusal WHERE file_refusal.digest = file.digest ORDER BY at DESC LIMIT 1)
FROM stamp
JOIN stamp_file ON stamp_file.stamp = stamp.id
JOIN file ON file.digest = stamp_file.digest
WHERE stamp.statement = ?1
ORDER BY 6, 1
