INSERT INTO statement (number, collective, status, prepared_at, prepared_by, regulation)
VALUES (?1, ?2, 'draft', ?3, ?4, ?5)
