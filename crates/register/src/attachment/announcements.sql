SELECT attachment.id, series.series, attachment.seq
FROM attachment
JOIN series ON series.id = attachment.series
ORDER BY attachment.id
