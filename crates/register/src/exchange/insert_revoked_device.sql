INSERT INTO revoked_device (device, officer, note, at, series, seq)
VALUES (?1, ?2, ?3, ?4, (SELECT id FROM series WHERE series = ?5), ?6)
ON CONFLICT DO NOTHING
