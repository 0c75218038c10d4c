SELECT person_event.at, person_event.actor, listed.attested, person_event.end_kind, person_event.end_on, person_event.note
FROM statement_person AS listed
JOIN person_event ON person_event.person = listed.person
WHERE listed.statement = ?1 AND (
    (listed.struck_reason IS NOT NULL AND person_event.kind = 'unlisted' AND person_event.statement = ?1)
    OR (listed.struck_reason IS NULL AND person_event.kind = 'ended'))
ORDER BY person_event.id
