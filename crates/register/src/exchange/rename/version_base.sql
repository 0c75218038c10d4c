UPDATE version_base SET base_series = ?3, base_seq = base_seq - ?2 + 1 WHERE base_series = ?1 AND base_seq > ?2
