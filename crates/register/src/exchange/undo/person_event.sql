DELETE FROM person_event WHERE series = ?1 AND seq > ?2
