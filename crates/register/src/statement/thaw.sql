UPDATE statement
SET document = NULL, digest = NULL, gap_start = NULL, gap_end = NULL, page = NULL, pages = NULL, content = NULL,
    certificate = NULL, strokes = NULL, frozen_at = NULL, frozen_on = NULL
WHERE id = ?1
