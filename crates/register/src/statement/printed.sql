SELECT originals_printed, copies_printed FROM statement WHERE id = ?1
