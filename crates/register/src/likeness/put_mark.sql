UPDATE person SET maybe_same = ?2 WHERE id = ?1
