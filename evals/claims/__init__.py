"""How well the checks of written sentences tell a right sentence from one that was corrupted."""
