INSERT INTO enrolment (token_digest, village, expires, device, answer) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (token_digest) DO UPDATE SET device = excluded.device, answer = excluded.answer;
