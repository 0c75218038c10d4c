SELECT coalesce(max(claim), 0) + 1 FROM person;
