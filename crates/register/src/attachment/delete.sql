DELETE FROM attachment WHERE id = ?1 AND seq IS NULL
