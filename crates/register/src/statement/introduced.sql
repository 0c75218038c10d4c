SELECT name, title, head_key.public_key, certificate, series.series, head_key.seq
FROM head_key
JOIN series ON series.id = head_key.series
ORDER BY head_key.id
