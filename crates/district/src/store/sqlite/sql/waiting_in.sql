SELECT count(*) FROM waiting WHERE village = ?1;
