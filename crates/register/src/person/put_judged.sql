UPDATE person
SET occupation = ?2, mother = ?3, desil_quarter = ?4, judged = ?5, missing = ?6, unreadable = ?7
WHERE id = ?1
