SELECT attachment.id, series.series, removed_seq
FROM attachment
JOIN series ON series.id = attachment.removed_series
ORDER BY attachment.id
