INSERT INTO statement_replaces (statement, replaced) VALUES (?1, ?2)
