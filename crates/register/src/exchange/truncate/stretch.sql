DELETE FROM stretch WHERE series = ?1 AND number > ?2
