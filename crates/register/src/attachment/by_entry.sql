SELECT attachment.id FROM attachment JOIN series ON series.id = attachment.series WHERE series.series = ?1 AND attachment.seq = ?2
