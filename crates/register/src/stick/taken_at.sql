SELECT at FROM stick_taken WHERE digest = ?1
