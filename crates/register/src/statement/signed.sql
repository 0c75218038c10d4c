UPDATE statement
SET status = 'signed', document = ?2, signed_at = ?3, signed_on = ?4, signer = ?5, title = ?6, public_key = ?7,
    signature = ?8, seal = ?9, series = (SELECT id FROM series WHERE series = ?10), seq = ?11, order_at = ?12
WHERE id = ?1
