DELETE FROM waiting WHERE series = ?1 AND seq = ?2;
