SELECT DISTINCT person FROM person_event WHERE statement = ?1
