UPDATE attachment SET series = (SELECT id FROM series WHERE series = ?2), seq = ?3 WHERE id = ?1
