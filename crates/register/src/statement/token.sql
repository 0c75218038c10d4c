SELECT token FROM statement WHERE id = ?1
