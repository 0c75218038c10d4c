SELECT digest, size, kept_at, receipt FROM file WHERE receipt IS NOT NULL
