"""How articles get in: source -> fetch -> extract -> chunk -> embed -> store."""
