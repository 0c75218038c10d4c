SELECT id, public_key, encrypted_pem, certificate
FROM head_key
WHERE slot = ?1 AND replaced_at IS NULL
ORDER BY id DESC
LIMIT 1
