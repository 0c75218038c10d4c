SELECT id, values_read FROM population ORDER BY id
