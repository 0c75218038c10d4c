SELECT DISTINCT person FROM attachment WHERE digest = ?1 AND person IS NOT NULL AND removed_at IS NULL
