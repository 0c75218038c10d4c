UPDATE series SET receipted_seq = ?2, receipted_at = ?3, receipt_head = ?4, receipt_signature = ?5 WHERE id = ?1
