"""What people see: cards, pages, text that stays text, and how it reaches them."""
