UPDATE twin SET series = ?3, seq = seq - ?2 + 1 WHERE series = ?1 AND seq > ?2
