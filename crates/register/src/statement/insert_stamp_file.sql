INSERT INTO stamp_file (stamp, place, digest, name, original) VALUES (?1, ?2, ?3, ?4, ?5)
