UPDATE attachment
SET removed_at = ?2, removed_by = ?3, removed_reason = ?4, removed_series = (SELECT id FROM series WHERE series = ?5),
    removed_seq = ?6
WHERE id = ?1 AND removed_at IS NULL
