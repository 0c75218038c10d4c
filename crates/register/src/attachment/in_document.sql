UPDATE file SET bytes = NULL WHERE digest = ?1 AND here = 1
