DELETE FROM attachment WHERE statement = ?1
