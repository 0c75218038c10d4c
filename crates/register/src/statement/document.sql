SELECT document FROM statement WHERE id = ?1
