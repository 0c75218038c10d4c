SELECT prepared_at, prepared_by, signed_at, signer, token_at, withdrawn_at, withdrawn_reason,
       (SELECT person_event.actor
        FROM statement_person JOIN person_event ON person_event.person = statement_person.person
        WHERE statement_person.statement = statement.id AND person_event.statement = statement.id
          AND person_event.kind IN ('unlisted', 'uncovered') AND person_event.at = withdrawn_at
        LIMIT 1),
       originals_printed + copies_printed
FROM statement
WHERE id = ?1
