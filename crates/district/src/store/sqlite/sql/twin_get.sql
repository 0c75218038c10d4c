SELECT same_series, same_seq FROM twin WHERE series = ?1 AND seq = ?2;
