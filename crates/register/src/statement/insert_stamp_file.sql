INSERT INTO stamp_file (stamp, place, digest, media, bytes, name, original) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
