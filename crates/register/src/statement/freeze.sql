UPDATE statement SET document = ?2, digest = ?3, strokes = ?4, frozen_at = ?5 WHERE id = ?1
