SELECT series, seq, village, serial, refused FROM stamp WHERE series = ?1 AND seq = ?2 AND village = ?3;
