"""Intervals of shares whose questions count several things each: questions are drawn with replacement, not things.

Percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3) with a fixed seed. Where
everything met, or nothing did, every draw says the same; the interval is then Wilson's, which does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evals.statistics.intervals import BOUNDS, RESAMPLES, SEED
from evals.statistics.shares import Share, share

if TYPE_CHECKING:
    from evals.statistics.intervals import Floats


def shares(met: Floats, counted: Floats) -> list[Share | None]:
    """Of each column its share and 95% interval, None where nothing counted.

    `met` and `counted` have a row a question and a column a figure.
    """
    draws = drawn(len(met))
    bounds = _bounds(draws @ met, draws @ counted)
    return [
        _share(float(met[:, column].sum()), float(counted[:, column].sum()), bounds[:, column])
        for column in range(met.shape[1])
    ]


def drawn(questions: int) -> Floats:
    """How often each question is drawn, shape (resamples, questions)."""
    draw = np.random.default_rng(SEED)
    return draw.multinomial(questions, np.full(questions, 1 / questions), RESAMPLES).astype(np.float64)


def ratio(met: Floats, counted: Floats) -> Floats:
    """Met by counted, NaN where nothing counted."""
    return np.divide(met, counted, out=np.full_like(met, np.nan), where=counted > 0)


def _bounds(met: Floats, counted: Floats) -> Floats:
    """Lower and upper bound of each column, shape (2, columns); of draws in which nothing counted nothing is said."""
    values = ratio(met, counted)
    seen = ~np.isnan(values).all(axis=0)
    bounds = np.full((2, values.shape[1]), np.nan)
    bounds[:, seen] = np.nanpercentile(values[:, seen], BOUNDS, axis=0)
    return bounds


def _share(met: float, counted: float, bounds: Floats) -> Share | None:
    if counted == 0:
        return None
    low, high = (round(float(bound), 4) for bound in bounds)
    if low == high:
        return share(whole(met), whole(counted))
    return Share(whole(met), whole(counted), round(met / counted, 4), low, high)


def whole(value: float) -> float:
    """The value as an int where it is one, so that counts read as counts."""
    return int(value) if value == int(value) else round(value, 4)
