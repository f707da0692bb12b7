"""What we know: articles, passages, the catalogue, the vectors and search."""
