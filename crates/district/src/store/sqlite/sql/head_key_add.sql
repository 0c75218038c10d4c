INSERT INTO head_key (village, key, series, seq) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (village, key) DO NOTHING;
