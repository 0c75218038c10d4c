UPDATE statement SET token_series = ?3, token_seq = ?4, received_at = min(received_at, ?5)
WHERE series = ?1 AND seq = ?2;
