SELECT person.id
FROM orphan_entry
JOIN person ON person.id = orphan_entry.person
WHERE orphan_entry.series = ?1 AND orphan_entry.seq = ?2 AND orphan_entry.body = ?3
  AND person.state = 'draft' AND person.entity_seq IS NULL
ORDER BY orphan_entry.id DESC
LIMIT 1
