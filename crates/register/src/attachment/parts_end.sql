SELECT coalesce(sum(length(bytes)), 0) FROM file_part WHERE digest = ?1
