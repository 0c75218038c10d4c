SELECT url, regency_name, authority_pem, district_key, enrolled_at FROM enrolment WHERE id = 1
