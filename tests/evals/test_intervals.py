"""Estimates: the area under the ROC curve counts pairs, and intervals hold what they are intervals of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.statistics.intervals import area_estimate, mean_estimate

SCORES = st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(SCORES, SCORES)
def test_the_area_is_the_share_of_pairs_in_order(positive, negative) -> None:
    wins = sum(1.0 if one > other else 0.5 if one == other else 0.0 for one in positive for other in negative)
    found = area_estimate(positive, negative)
    assert found.value == pytest.approx(wins / (len(positive) * len(negative)), abs=1e-4)
    assert found.counted == len(positive) + len(negative)
    assert 0 <= found.low <= found.high <= 1


def test_an_area_of_pairs_all_in_order_is_certain() -> None:
    found = area_estimate([3.0, 4.0, 5.0], [1.0, 2.0])
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


def test_an_areas_interval_is_as_wide_as_theory_says() -> None:
    """Hanley and McNeil's standard error for an area of .76 over 150 and 150 is about .027."""
    draw = np.random.default_rng(1)
    found = area_estimate(list(draw.normal(1, 1, 150)), list(draw.normal(0, 1, 150)))
    assert found.low < found.value < found.high
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(0.027, abs=0.006)


def test_a_means_interval_is_as_wide_as_theory_says_and_the_same_every_time() -> None:
    values = [0.0, 1.0] * 50
    found = mean_estimate(values)
    assert found.value == 0.5
    assert (found.low, found.high) == pytest.approx((0.402, 0.598), abs=0.02)
    assert mean_estimate(values) == found


def test_nothing_has_no_estimate() -> None:
    assert area_estimate([], [1.0]) is None
    assert area_estimate([1.0], []) is None
    assert mean_estimate([]) is None
