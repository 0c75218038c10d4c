SELECT import FROM population WHERE id = ?1
