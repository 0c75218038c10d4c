UPDATE person_event
SET about_series = (SELECT id FROM series WHERE series = ?3), about_seq = ?4
WHERE series = ?1 AND seq = ?2
