UPDATE person SET edit_base_series = ?3, edit_base_seq = edit_base_seq - ?2 + 1 WHERE edit_base_series = ?1 AND edit_base_seq > ?2
