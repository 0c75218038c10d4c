SELECT series, seq, village, version_series, version_seq, rival_series, rival_seq, nik, claim, ended,
    answer, answered_series, answered_seq, by_officer, arrived_at
FROM person WHERE ?1 IS NULL OR village = ?1 ORDER BY village, arrived_at, series, seq;
