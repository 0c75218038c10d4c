DELETE FROM stamp WHERE id = ?1
