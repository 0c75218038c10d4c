SELECT stamp_file.digest, name, media, length(bytes), original, stamp.at, stamp.refused_seq IS NOT NULL, stamp.id
FROM stamp
JOIN stamp_file ON stamp_file.stamp = stamp.id
JOIN file ON file.digest = stamp_file.digest
WHERE stamp.statement = ?1
ORDER BY stamp.id, stamp_file.place
