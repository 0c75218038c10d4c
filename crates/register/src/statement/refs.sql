SELECT id, number, signed_on FROM statement WHERE id = ?1
