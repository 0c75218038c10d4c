UPDATE person_event SET about_series = ?3, about_seq = about_seq - ?2 + 1 WHERE about_series = ?1 AND about_seq > ?2
