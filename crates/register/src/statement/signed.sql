UPDATE statement
SET status = 'signed', signed_at = ?2, signed_on = ?3, signer = ?4, title = ?5, public_key = ?6, signature = ?7,
    series = (SELECT id FROM series WHERE series = ?8), seq = ?9
WHERE id = ?1
