SELECT id, kind, village, device, key, length, head FROM series WHERE id = ?1;
