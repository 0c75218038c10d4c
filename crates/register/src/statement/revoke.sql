UPDATE statement
SET status = 'withdrawn', withdrawn_at = ?2, withdrawn_reason = ?3,
    withdrawn_series = (SELECT id FROM series WHERE series = ?4), withdrawn_seq = ?5
WHERE id = ?1
