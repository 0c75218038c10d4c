SELECT village, digest FROM attachment_named WHERE series = ?1 AND seq = ?2
