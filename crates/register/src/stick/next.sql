SELECT coalesce(max(number), 0) + 1 FROM stick_written
