SELECT max(number) FROM bundle WHERE device = ?1
