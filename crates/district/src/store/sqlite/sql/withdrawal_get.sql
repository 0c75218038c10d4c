SELECT count(*) FROM withdrawal WHERE series = ?1 AND seq = ?2 AND village = ?3;
