INSERT INTO import_row (import, person, population, made, before, before_import, after)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
