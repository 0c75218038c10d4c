INSERT INTO draft_person (statement, place, person) VALUES (?1, ?2, ?3)
