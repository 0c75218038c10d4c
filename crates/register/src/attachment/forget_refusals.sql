DELETE FROM file_refusal WHERE series = ?1 AND seq > ?2
