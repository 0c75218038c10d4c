SELECT village, digest FROM attachment WHERE kept > 0 AND receipt IS NULL AND touched_at < ?1
