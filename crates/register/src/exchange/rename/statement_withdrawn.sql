UPDATE statement SET withdrawn_series = ?3, withdrawn_seq = withdrawn_seq - ?2 + 1 WHERE withdrawn_series = ?1 AND withdrawn_seq > ?2
