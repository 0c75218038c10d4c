SELECT count(*) FROM import_row WHERE import = ?1 AND made = ?2
