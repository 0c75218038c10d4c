SELECT number, collective, status, digest, gap_start, gap_end, content, frozen_on, pages, series.series, statement.seq,
       signed_on, statement.public_key, seal, signed_at
FROM statement
LEFT JOIN series ON series.id = statement.series
WHERE statement.id = ?1
