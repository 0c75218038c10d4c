UPDATE statement
SET document = ?2, digest = ?3, gap_start = ?4, gap_end = ?5, page = ?6, pages = ?7, content = ?8, certificate = ?9,
    strokes = ?10, frozen_at = ?11, frozen_on = ?12
WHERE id = ?1
