SELECT count(*)
FROM attachment_named AS named
WHERE named.village = ?1 AND named.digest = ?2
  AND NOT EXISTS (
      SELECT 1 FROM attachment_removed AS removed
      WHERE removed.series = named.series AND removed.seq = named.seq AND removed.village = named.village
  )
