SELECT certificate, not_before, not_after FROM head_certificate WHERE public_key = ?1 ORDER BY id DESC
