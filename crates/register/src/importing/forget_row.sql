DELETE FROM import_row WHERE rowid = ?1
