DELETE FROM person_event
WHERE person = ?1 AND seq IS NOT NULL AND kind IN ('released', 'corrected', 'ended', 'answered', 'nik_elsewhere')
