"""How the reranker that ships is made: `python -m training DATA`."""
