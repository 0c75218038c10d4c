SELECT id, series, kind, public_key, origin, seq, head, receipted_seq FROM series ORDER BY id
