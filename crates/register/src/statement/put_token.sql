UPDATE statement
SET token = ?2, token_at = ?3, token_series = (SELECT id FROM series WHERE series = ?4), token_seq = ?5
WHERE id = ?1
