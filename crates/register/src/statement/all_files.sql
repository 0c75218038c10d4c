SELECT digest, bytes FROM file
