"""Turning text into vectors. Only `corpus.embedding.model` knows sentence-transformers."""
