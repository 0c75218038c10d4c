SELECT digest FROM regulation ORDER BY id DESC LIMIT 1
