SELECT id FROM person WHERE nik_released = ?1 AND nik_released <> '' AND id <> ?2 AND state <> 'cancelled' ORDER BY id
