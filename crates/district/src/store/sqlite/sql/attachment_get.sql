SELECT village, digest, bytes, media, kept, touched_at, receipt, refused, mismatches
FROM attachment
WHERE village = ?1 AND digest = ?2
