"""The way of a question: may it be asked, what went before, its place in line, its answer."""
