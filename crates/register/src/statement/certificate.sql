SELECT certificate FROM statement WHERE id = ?1
