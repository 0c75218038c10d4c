SELECT here, (SELECT words FROM file_refusal WHERE file_refusal.digest = file.digest ORDER BY at DESC LIMIT 1)
FROM file
WHERE digest = ?1
