DELETE FROM population WHERE id = ?1
