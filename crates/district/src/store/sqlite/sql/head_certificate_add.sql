INSERT INTO head_certificate (serial, village, key, certificate, not_before, not_after, officer, issued_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
