SELECT series, seq, village, key, signed_at, received_at, document, content, problem, token_series, token_seq
FROM statement WHERE document = ?1 ORDER BY received_at, series, seq;
