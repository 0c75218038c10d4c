SELECT attachment.id, kind, media, size, name, attachment.at, actor, attachment.digest, attachment.seq IS NOT NULL, here,
       kept_at,
       (SELECT words FROM file_refusal WHERE file_refusal.digest = file.digest ORDER BY at DESC LIMIT 1)
FROM attachment
JOIN file ON file.digest = attachment.digest
WHERE person = ?1 AND removed_at IS NULL
ORDER BY attachment.id
