SELECT id, kind, village, device, key, length, head FROM series
WHERE village = ?1 AND device IS NOT NULL ORDER BY id;
