"""Turning text into vectors. Only the two engines' modules know OpenVINO, sentence-transformers and torch."""
