SELECT bytes FROM file_part WHERE digest = ?1 ORDER BY start
