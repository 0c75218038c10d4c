SELECT attachment.id, kind, attachment.digest, size, media, name
FROM attachment
JOIN file ON file.digest = attachment.digest
WHERE person = ?1 AND seq IS NULL AND removed_at IS NULL
ORDER BY attachment.id
