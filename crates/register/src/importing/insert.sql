INSERT INTO import (
    at, actor, file_name, layout, destination, rows_read, rows_new, rows_changed, rows_same, rows_refused, rows_skipped
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
