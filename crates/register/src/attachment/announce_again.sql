UPDATE attachment
SET series = (SELECT id FROM series WHERE series = ?3), seq = ?4
WHERE id = (SELECT min(id) FROM attachment
            WHERE person = ?1 AND digest = ?2 AND seq IS NULL AND removed_at IS NULL)
