DELETE FROM attachment_piece WHERE village = ?1 AND digest = ?2
