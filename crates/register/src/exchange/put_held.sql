UPDATE series SET receipted_seq = ?2 WHERE id = ?1
