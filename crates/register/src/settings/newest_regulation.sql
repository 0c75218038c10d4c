SELECT id, file_name, toml FROM regulation ORDER BY id DESC LIMIT 1
