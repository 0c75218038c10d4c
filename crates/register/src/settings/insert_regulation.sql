INSERT INTO regulation (name, digest, file_name, toml, signature, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
