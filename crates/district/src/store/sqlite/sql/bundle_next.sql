INSERT INTO bundle_written (device, number) VALUES (?1, 1)
ON CONFLICT (device) DO UPDATE SET number = number + 1
RETURNING number
