SELECT replaced FROM statement_replaces WHERE statement = ?1 ORDER BY replaced
