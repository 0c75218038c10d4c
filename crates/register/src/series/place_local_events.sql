UPDATE person_event
SET order_at = known.order_at
FROM (
    SELECT id, seq, max(CASE WHEN series IN (SELECT id FROM series WHERE origin = 'own') THEN order_at ELSE 0 END)
                    OVER (ORDER BY id) AS order_at
    FROM person_event
) AS known
WHERE known.id = person_event.id AND known.seq IS NULL
