UPDATE statement
SET document = ?2, gap_start = ?3, gap_end = ?4, certificate = coalesce(certificate, ?5)
WHERE id = ?1 AND document IS NULL
