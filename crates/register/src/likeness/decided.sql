SELECT 1 FROM not_same WHERE person = ?1 AND other = ?2
