SELECT kind, count(*)
FROM person_event
WHERE seq IS NOT NULL AND kind NOT IN ('signed', 'stamped', 'stamp_refused', 'uncovered')
GROUP BY kind
UNION ALL
SELECT 'people_with_entity', count(*) FROM person WHERE entity_seq IS NOT NULL
UNION ALL
SELECT 'signed_statements', count(*) FROM statement WHERE seq IS NOT NULL
UNION ALL
SELECT 'head_keys', count(*) FROM head_key
