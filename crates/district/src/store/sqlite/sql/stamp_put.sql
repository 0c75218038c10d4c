INSERT INTO stamp (series, seq, village, serial, refused) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (series, seq, village) DO UPDATE SET serial = excluded.serial, refused = excluded.refused;
