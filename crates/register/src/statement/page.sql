SELECT page FROM statement WHERE id = ?1
