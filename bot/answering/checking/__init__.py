"""Whether a written sentence says what its passages say: figures, dates, names, direction, negation."""
