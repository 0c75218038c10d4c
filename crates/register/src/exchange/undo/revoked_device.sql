DELETE FROM revoked_device WHERE series = ?1 AND seq > ?2
