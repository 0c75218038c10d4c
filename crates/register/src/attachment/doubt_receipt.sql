UPDATE file SET kept_at = NULL, receipt = NULL WHERE digest = ?1 AND kept_at <= ?2
