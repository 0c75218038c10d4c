UPDATE population SET person = NULL WHERE person = ?1
