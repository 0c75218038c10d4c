SELECT series, seq FROM waiting WHERE needs_series = ?1 AND needs_seq = ?2 ORDER BY series, seq;
