UPDATE statement SET originals_printed = originals_printed + 1 WHERE id = ?1
