DELETE FROM stamp_file WHERE stamp = ?1
