UPDATE attachment SET removed_series = ?3, removed_seq = removed_seq - ?2 + 1 WHERE removed_series = ?1 AND removed_seq > ?2
