DELETE FROM picture WHERE key = ?1
