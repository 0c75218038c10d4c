SELECT serial, village, key, certificate, not_before, not_after, officer, issued_at FROM head_certificate
ORDER BY number;
