SELECT public_key FROM head_key WHERE slot = ?1
