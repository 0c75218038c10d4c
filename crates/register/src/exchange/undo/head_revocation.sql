DELETE FROM head_revocation WHERE series = ?1 AND seq > ?2
