INSERT INTO statement (series, seq, village, key, signed_at, received_at, document, content, problem, token_series,
    token_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (series, seq) DO NOTHING;
