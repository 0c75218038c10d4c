SELECT values_read FROM population WHERE id = ?1
