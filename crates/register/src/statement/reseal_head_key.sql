UPDATE head_key SET encrypted_pem = ?2 WHERE id = ?1
