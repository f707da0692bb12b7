"""Joining scores: bounds, order, and what one side alone decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fusion import fuse, normalised

SCORES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(-1, 50, allow_nan=False), max_size=12)


def test_the_best_of_both_is_one_and_the_worst_nothing() -> None:
    fused = fuse({"a": 0.8, "b": 0.5, "c": 0.2}, {"a": 12.0}, 0.7)
    assert fused == {"a": pytest.approx(1.0), "b": pytest.approx(0.35), "c": 0.0}


@pytest.mark.parametrize(("weight", "first"), [(0.8, "a"), (0.2, "b")])
def test_the_weight_decides_between_vector_and_words(weight: float, first: str) -> None:
    fused = fuse({"a": 0.9, "b": 0.1}, {"b": 7.0}, weight)
    assert max(fused, key=lambda key: fused[key]) == first


def test_without_words_the_vectors_decide_alone() -> None:
    assert fuse({"a": 0.9, "b": 0.1}, {}, 0.3) == {"a": 1.0, "b": 0.0}


def test_nothing_is_fused_to_nothing() -> None:
    assert fuse({}, {}, 0.5) == {}
    assert normalised({}) == {}


def test_equal_scores_are_all_the_best() -> None:
    assert normalised({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_lie_between_nothing_and_one(
    dense: dict[str, float], lexical: dict[str, float], weight: float
) -> None:
    fused = fuse(dense, {key: abs(score) for key, score in lexical.items() if key in dense}, weight)
    assert fused.keys() == dense.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(-100, 100).map(float), max_size=12))
def test_scores_on_another_scale_fuse_to_the_same(dense: dict[str, float]) -> None:
    scaled = {key: 10 * score + 3 for key, score in dense.items()}
    assert fuse(scaled, {}, 1.0) == pytest.approx(fuse(dense, {}, 1.0), abs=1e-6)
