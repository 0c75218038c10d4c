DELETE FROM person_event WHERE statement = ?1
