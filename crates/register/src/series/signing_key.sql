SELECT signing_key FROM series WHERE series = ?1
