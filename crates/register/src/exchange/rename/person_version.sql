UPDATE person SET version_series = ?3, version_seq = version_seq - ?2 + 1 WHERE version_series = ?1 AND version_seq > ?2
