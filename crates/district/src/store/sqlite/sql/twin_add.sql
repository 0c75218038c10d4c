INSERT INTO twin (series, seq, village, same_series, same_seq) VALUES (?1, ?2, ?3, ?4, ?5);
