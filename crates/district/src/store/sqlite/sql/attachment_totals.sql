SELECT
    count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM attachment_named AS named
        WHERE named.village = attachment.village AND named.digest = attachment.digest
          AND NOT EXISTS (
              SELECT 1 FROM attachment_removed AS removed
              WHERE removed.series = named.series AND removed.seq = named.seq AND removed.village = named.village
          )
    )),
    count(receipt),
    coalesce(sum(kept), 0)
FROM attachment
WHERE ?1 IS NULL OR village = ?1
