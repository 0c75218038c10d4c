SELECT id, at, actor, file_name, layout, destination, rows_read, rows_new, rows_changed, rows_same, rows_refused,
       rows_skipped, undone_at, EXISTS (SELECT 1 FROM import_row WHERE import_row.import = import.id)
FROM import
ORDER BY id DESC
