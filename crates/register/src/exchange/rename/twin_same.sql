UPDATE twin SET same_series = ?3, same_seq = same_seq - ?2 + 1 WHERE same_series = ?1 AND same_seq > ?2
