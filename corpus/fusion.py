"""Joining dense and BM25 scores into one.

Convex combination of scores with per-question normalisation; on news questions it ranks better than
reciprocal ranks, which forget by how much a passage won (Bruch, Gai and Ingber, "An Analysis of Fusion
Functions for Hybrid Retrieval", ACM TOIS 2023).
"""

from collections.abc import Mapping


def normalised(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores brought to 0..1: the lowest of the candidates is 0, the highest 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    width = high - low
    return {key: (score - low) / width if width else 1.0 for key, score in scores.items()}


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Fused scores (0..1) of every candidate in `dense`; one that BM25 did not find has no share of its."""
    by_vector, by_words = normalised(dense), normalised(dict.fromkeys(dense, 0.0) | dict(lexical))
    if not lexical:
        return by_vector
    return {key: dense_weight * by_vector[key] + (1 - dense_weight) * by_words[key] for key in dense}
