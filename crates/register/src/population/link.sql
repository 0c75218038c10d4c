UPDATE population SET person = ?2 WHERE id = ?1
