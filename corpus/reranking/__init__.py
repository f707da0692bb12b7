"""Cross-encoders: question and passage read together, which ranks better than comparing their vectors."""
