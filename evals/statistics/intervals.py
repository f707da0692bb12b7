"""Estimates that are no shares, with percentile bootstrap intervals (Efron and Tibshirani, 1993) of a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 20_250_708
RESAMPLES = 2_000
BOUNDS = (2.5, 97.5)  # percentiles


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value of `counted` questions with the bounds of its 95% interval."""

    value: float
    counted: int
    low: float
    high: float


def area_estimate(positive: Sequence[float], negative: Sequence[float]) -> Estimate | None:
    """Area under the ROC curve: how often a positive scores above a negative, ties counting half (Hanley and McNeil,
    "The Meaning and Use of the Area under a ROC Curve", 1982). Resampled within each class; None when one is empty.
    """
    if not (positive and negative):
        return None
    wins, draw = _wins(positive, negative), np.random.default_rng(SEED)
    rows, columns = (draw.multinomial(count, np.full(count, 1 / count), RESAMPLES) for count in wins.shape)
    return _estimate(
        float(wins.mean()), ((rows @ wins) * columns).sum(axis=1) / wins.size, wins.shape[0] + wins.shape[1]
    )


def mean_estimate(values: Sequence[float]) -> Estimate | None:
    """The mean with its interval; None when there are no values."""
    return statistic_estimate(np.asarray(values, np.float64), lambda drawn: float(drawn.mean())) if values else None


def statistic_estimate(values: Floats, statistic: Callable[[Floats], float]) -> Estimate:
    """A statistic of rows of values, with its interval from rows drawn with replacement."""
    draw = np.random.default_rng(SEED)
    drawn = [statistic(values[draw.integers(len(values), size=len(values))]) for _ in range(RESAMPLES)]
    return _estimate(statistic(values), np.asarray(drawn), len(values))


def _wins(positive: Sequence[float], negative: Sequence[float]) -> Floats:
    one, other = np.asarray(positive, np.float64)[:, None], np.asarray(negative, np.float64)[None, :]
    return np.where(one == other, 0.5, (one > other).astype(np.float64))


def _estimate(value: float, drawn: Floats, counted: int) -> Estimate:
    low, high = np.percentile(drawn, BOUNDS)
    return Estimate(round(value, 4), counted, round(float(low), 4), round(float(high), 4))
