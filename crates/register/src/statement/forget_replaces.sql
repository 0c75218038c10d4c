DELETE FROM statement_replaces WHERE statement = ?1
