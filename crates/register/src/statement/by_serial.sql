SELECT statement FROM stamp WHERE serial = ?1 ORDER BY id LIMIT 1
