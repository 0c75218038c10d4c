UPDATE head_key SET replaced_at = ?2 WHERE id = ?1
