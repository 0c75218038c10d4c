SELECT id FROM statement ORDER BY id
