SELECT max(number) FROM stick_taken
