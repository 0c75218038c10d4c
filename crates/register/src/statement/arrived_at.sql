-- Of each entry about the statement the first receipt that covers it; the last of these.
SELECT max((SELECT receipt.at FROM receipt
            WHERE receipt.series = said.series AND receipt.seq >= said.seq
            ORDER BY receipt.seq LIMIT 1))
FROM (SELECT series, seq FROM statement WHERE id = ?1
      UNION ALL SELECT withdrawn_series, withdrawn_seq FROM statement WHERE id = ?1
      UNION ALL SELECT series, seq FROM stamp WHERE statement = ?1) AS said
WHERE said.seq IS NOT NULL
