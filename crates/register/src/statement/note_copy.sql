UPDATE statement SET copies_printed = copies_printed + 1 WHERE id = ?1
