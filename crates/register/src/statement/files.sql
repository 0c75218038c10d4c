SELECT stamp_file.digest, name, media, bytes, original, stamp.at, stamp.refused_seq IS NOT NULL, stamp.id
FROM stamp
JOIN stamp_file ON stamp_file.stamp = stamp.id
WHERE stamp.statement = ?1
ORDER BY stamp.order_at, stamp.id, stamp_file.place
