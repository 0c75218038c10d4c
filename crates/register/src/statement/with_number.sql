SELECT id FROM statement WHERE number = ?1 AND number <> '' AND id <> ?2 AND status <> 'withdrawn' ORDER BY id
