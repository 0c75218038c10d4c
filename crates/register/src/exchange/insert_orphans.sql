INSERT INTO orphan_entry (series, seq, at, digest, head, body, salt, person, dropped_at)
SELECT series.series, entry.seq, entry.at, entry.digest, entry.head, body, salt,
       (SELECT person.id FROM person WHERE person.entity_series = entry.series AND person.entity_seq = entry.seq), ?3
FROM entry
JOIN series ON series.id = entry.series
WHERE entry.series = ?1 AND entry.seq > ?2
ORDER BY entry.seq
