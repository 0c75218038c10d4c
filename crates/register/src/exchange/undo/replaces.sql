DELETE FROM statement_replaces WHERE statement = ?1 OR replaced = ?1
