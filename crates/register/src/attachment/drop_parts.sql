DELETE FROM file_part WHERE digest = ?1
