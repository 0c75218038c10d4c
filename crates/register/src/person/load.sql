SELECT person.id, es.series, person.entity_seq, vs.series, person.version_seq, values_released, values_edited,
       registered_on, readiness, same_nik_reason, nik_elsewhere, state, delivery, needs_new_statement, covered, stamped,
       listed, created_at, updated_at, regulation, two_versions, bs.series, edit_base_seq
FROM person
LEFT JOIN series AS es ON es.id = person.entity_series
LEFT JOIN series AS vs ON vs.id = person.version_series
LEFT JOIN series AS bs ON bs.id = person.edit_base_series
WHERE person.id = ?1
