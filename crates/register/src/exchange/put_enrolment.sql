INSERT INTO enrolment (id, url, regency_name, authority_pem, district_key, enrolled_at)
VALUES (1, ?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE
SET url = excluded.url, regency_name = excluded.regency_name, authority_pem = excluded.authority_pem,
    district_key = excluded.district_key, enrolled_at = excluded.enrolled_at
