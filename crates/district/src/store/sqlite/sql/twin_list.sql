SELECT series, seq, same_series, same_seq FROM twin WHERE village = ?1;
