DELETE FROM waiting_effect WHERE on_series = ?1 AND on_seq = ?2 AND series = ?3 AND seq = ?4
