SELECT rowid, person, population, made, before, before_import, after FROM import_row WHERE import = ?1 ORDER BY rowid
