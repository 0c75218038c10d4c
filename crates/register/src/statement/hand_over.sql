UPDATE statement SET status = 'waiting', prepared_at = ?2, prepared_by = ?3, regulation = ?4 WHERE id = ?1
