SELECT serial, village, key, certificate, not_before, not_after, officer, issued_at FROM head_certificate
WHERE village = ?1 AND key = ?2 ORDER BY number;
