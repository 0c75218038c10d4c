INSERT INTO stretch (series, number, seed) VALUES (?1, ?2, ?3)
