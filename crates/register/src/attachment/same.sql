SELECT count(*), coalesce(sum(digest = ?3), 0)
FROM attachment
WHERE (person = ?1 OR statement = ?2) AND removed_at IS NULL
