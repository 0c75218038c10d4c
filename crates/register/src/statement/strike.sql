UPDATE statement_person SET struck_reason = ?3, struck_at = ?4 WHERE statement = ?1 AND person = ?2
