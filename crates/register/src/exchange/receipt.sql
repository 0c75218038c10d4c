SELECT receipted_seq, receipted_at, receipt_head, receipt_signature FROM series WHERE id = ?1
