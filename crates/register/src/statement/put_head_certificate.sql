UPDATE head_key SET certificate = ?2 WHERE id = ?1
