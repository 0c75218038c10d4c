SELECT id FROM regulation WHERE name = ?1 AND digest = ?2 ORDER BY id DESC LIMIT 1
