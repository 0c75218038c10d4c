UPDATE attachment SET series = NULL, seq = NULL
WHERE person = ?1 AND series = ?2 AND seq > ?3 AND removed_at IS NULL
