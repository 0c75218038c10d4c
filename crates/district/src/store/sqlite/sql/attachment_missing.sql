SELECT digest, kept
FROM attachment
WHERE village = ?1
  AND receipt IS NULL
  AND refused IS NULL
  AND EXISTS (
      SELECT 1 FROM attachment_named AS named
      WHERE named.village = attachment.village AND named.digest = attachment.digest
        AND NOT EXISTS (
            SELECT 1 FROM attachment_removed AS removed
            WHERE removed.series = named.series AND removed.seq = named.seq AND removed.village = named.village
        )
  )
ORDER BY digest
LIMIT ?2
