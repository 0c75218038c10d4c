SELECT head_revocation.public_key, from_at, reason, officer, note, series.series, head_revocation.seq
FROM head_revocation
JOIN series ON series.id = head_revocation.series
ORDER BY head_revocation.id
