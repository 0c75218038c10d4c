SELECT id, nik, name, kk, hamlet, birth_date, state, delivery, needs_new_statement, covered, listed, readiness, edited,
       nik_elsewhere, two_versions, updated_at, occupation, mother, desil_quarter, judged, missing, unreadable, maybe_same
FROM person
WHERE id = ?1
