INSERT INTO village (code, name, decisions, last_exchange) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (code) DO UPDATE SET
    name = excluded.name, decisions = excluded.decisions, last_exchange = excluded.last_exchange;
