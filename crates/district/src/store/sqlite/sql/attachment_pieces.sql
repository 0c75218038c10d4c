SELECT begins, bytes
FROM attachment_piece
WHERE village = ?1 AND digest = ?2
  AND begins >= (SELECT max(begins) FROM attachment_piece WHERE village = ?1 AND digest = ?2 AND begins <= ?3)
ORDER BY begins
LIMIT ?4
