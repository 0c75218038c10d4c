SELECT signed_at, signer FROM statement WHERE id = ?1 AND signed_at IS NOT NULL
