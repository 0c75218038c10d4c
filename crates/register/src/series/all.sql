SELECT id, series, kind, public_key, signing_key IS NOT NULL, seq, head, receipted_seq FROM series ORDER BY id
