"""How well passages are ranked, and how well it is known when there is none."""
