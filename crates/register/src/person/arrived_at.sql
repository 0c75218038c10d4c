-- Of each entry about the person the first receipt that covers it; the last of these.
SELECT max((SELECT receipt.at FROM receipt
            WHERE receipt.series = person_event.series AND receipt.seq >= person_event.seq
            ORDER BY receipt.seq LIMIT 1))
FROM person_event
WHERE person = ?1 AND seq IS NOT NULL
