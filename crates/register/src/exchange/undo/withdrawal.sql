UPDATE statement
SET status = 'signed', withdrawn_at = NULL, withdrawn_reason = NULL, withdrawn_series = NULL, withdrawn_seq = NULL
WHERE withdrawn_series = ?1 AND withdrawn_seq > ?2
