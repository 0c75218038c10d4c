DELETE FROM version_base WHERE series = ?1 AND seq > ?2
