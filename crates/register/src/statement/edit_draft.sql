UPDATE statement SET number = ?2, prepared_at = ?3, prepared_by = ?4 WHERE id = ?1
