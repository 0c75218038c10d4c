UPDATE file SET kept_at = ?2, receipt = ?3 WHERE digest = ?1
  AND size = ?4
  AND kept_at IS NULL
  AND (EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = ?1 AND removed_at IS NULL)
       OR EXISTS (SELECT 1 FROM stamp_file WHERE stamp_file.digest = ?1))
