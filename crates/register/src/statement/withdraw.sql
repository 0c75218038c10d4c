UPDATE statement
SET status = 'withdrawn', withdrawn_at = ?2, withdrawn_reason = ?3, document = NULL, digest = NULL, strokes = NULL,
    frozen_at = NULL
WHERE id = ?1
