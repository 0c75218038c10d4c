SELECT kind, name FROM attachment WHERE id = ?1
