SELECT series, seq, village, version_series, version_seq, rival_series, rival_seq, nik, claim, ended,
    answer, answered_series, answered_seq, by_officer, arrived_at
FROM person WHERE series = ?1 AND seq = ?2;
