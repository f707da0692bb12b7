"""Intervals and tests of figures; nothing here knows what a question is."""
