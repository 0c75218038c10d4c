UPDATE statement SET document = NULL, digest = NULL, strokes = NULL, frozen_at = NULL WHERE id = ?1
