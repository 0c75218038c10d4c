SELECT head_certificate.public_key, certificate, not_before, not_after, officer, series.series, head_certificate.seq
FROM head_certificate
JOIN series ON series.id = head_certificate.series
ORDER BY head_certificate.id
