SELECT token_digest, village, expires, device, answer FROM enrolment WHERE token_digest = ?1;
