SELECT series, seq, village, serial, refused FROM stamp WHERE serial = ?1 AND refused = 0;
