UPDATE statement SET status = 'withdrawn', withdrawn_at = ?2, withdrawn_reason = ?3 WHERE id = ?1
