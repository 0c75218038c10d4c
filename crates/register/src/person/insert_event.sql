INSERT INTO person_event (
    person, order_at, at, actor, kind, series, seq, readiness, attested_changed, fields, end_kind, end_on, answer,
    reasons, officer, statement, note, about_series, about_seq
)
VALUES (
    ?1, ?2, ?3, ?4, ?5, (SELECT id FROM series WHERE series = ?6), ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
    (SELECT id FROM series WHERE series = ?18), ?19
)
