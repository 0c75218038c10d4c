INSERT INTO attachment_piece (village, digest, begins, bytes) VALUES (?1, ?2, ?3, ?4)
