UPDATE series SET seq = ?2, head = ?3 WHERE id = ?1
