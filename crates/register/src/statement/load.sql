SELECT number, collective, status, digest FROM statement WHERE id = ?1
