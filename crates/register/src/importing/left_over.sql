SELECT import_row.rowid, person, population, made, before, before_import, after
FROM import_row
JOIN import ON import.id = import_row.import
WHERE import_row.population = ?2 AND import_row.import = ?1 AND import.undone_at IS NOT NULL
