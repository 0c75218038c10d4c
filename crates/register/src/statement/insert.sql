INSERT INTO statement (number, collective, status, prepared_at, prepared_by, regulation)
VALUES (?1, ?2, 'waiting', ?3, ?4, ?5)
