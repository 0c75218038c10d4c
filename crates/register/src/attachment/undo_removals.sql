UPDATE attachment
SET removed_at = NULL, removed_by = NULL, removed_reason = NULL, removed_series = NULL, removed_seq = NULL
WHERE removed_series = ?1 AND removed_seq > ?2
