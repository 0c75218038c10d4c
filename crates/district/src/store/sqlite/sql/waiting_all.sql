SELECT count(*) FROM waiting;
