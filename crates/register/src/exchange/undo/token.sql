UPDATE statement SET token = NULL, token_at = NULL, token_series = NULL, token_seq = NULL
WHERE token_series = ?1 AND token_seq > ?2
