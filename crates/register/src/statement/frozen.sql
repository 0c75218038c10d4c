SELECT id FROM statement WHERE status = 'waiting' AND digest IS NOT NULL ORDER BY id
