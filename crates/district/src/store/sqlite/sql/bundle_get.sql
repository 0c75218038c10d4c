SELECT digest, device, number, taken_at FROM bundle WHERE digest = ?1
