DELETE FROM statement WHERE id = ?1
