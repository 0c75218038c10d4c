INSERT INTO person (series, seq, village, version_series, version_seq, rival_series, rival_seq, nik, claim, ended,
    answer, answered_series, answered_seq, by_officer, arrived_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (series, seq) DO UPDATE SET
    version_series = excluded.version_series, version_seq = excluded.version_seq,
    rival_series = excluded.rival_series, rival_seq = excluded.rival_seq,
    nik = excluded.nik, claim = excluded.claim, ended = excluded.ended, answer = excluded.answer,
    answered_series = excluded.answered_series, answered_seq = excluded.answered_seq,
    by_officer = excluded.by_officer;
