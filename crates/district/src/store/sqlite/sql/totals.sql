SELECT
    (SELECT coalesce(sum(length), 0) FROM series WHERE device IS NOT NULL),
    (SELECT count(*) FROM entry
     JOIN (SELECT receipt.series AS series, max(receipt.seq) AS last FROM receipt
           JOIN series ON series.id = receipt.series WHERE series.device IS NOT NULL GROUP BY receipt.series) AS covered
       ON covered.series = entry.series AND entry.seq <= covered.last),
    (SELECT count(*) FROM receipt),
    (SELECT coalesce(sum(length), 0) FROM series WHERE device IS NULL);
