INSERT INTO person (
    entity_series, entity_seq, version_series, version_seq, values_released, values_edited, edited, registered_on,
    regulation, readiness, same_nik_reason, nik_elsewhere, nik, nik_released, name, kk, hamlet, birth_date, state,
    delivery, needs_new_statement, covered, stamped, listed, created_at, updated_at, two_versions,
    edit_base_series, edit_base_seq, occupation, mother, desil_quarter, judged, missing, unreadable
)
VALUES (
    (SELECT id FROM series WHERE series = ?1), ?2, (SELECT id FROM series WHERE series = ?3), ?4, ?5, ?6,
    ?6 IS NOT NULL, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26,
    (SELECT id FROM series WHERE series = ?27), ?28, ?29, ?30, ?31, ?32, ?33, ?34
)
