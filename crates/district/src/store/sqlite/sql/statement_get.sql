SELECT series, seq, village, key, signed_at, received_at, document, content, problem, token_series, token_seq
FROM statement WHERE series = ?1 AND seq = ?2;
