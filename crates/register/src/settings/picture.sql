SELECT bytes FROM picture WHERE key = ?1
