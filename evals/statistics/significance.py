"""Whether two runs over the same questions differ by more than chance.

Fisher's randomisation test on paired questions: in each of 10,000 trials every question's two results change sides or
not, and p is how often the difference is then at least as large as the one seen. Smucker, Allan and Carterette, "A
Comparison of Statistical Significance Tests for Information Retrieval Evaluation" (CIKM 2007).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evals.statistics.bootstrap import drawn, ratio
from evals.statistics.intervals import BOUNDS, SEED

if TYPE_CHECKING:
    from evals.statistics.intervals import Floats

    Counts = tuple[Floats, Floats]

TRIALS = 10_000
EQUAL = 1e-12  # differences that arithmetic alone tells apart


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the second run is above the first, the 95% bootstrap interval of that, and p."""

    value: float
    low: float
    high: float
    p: float


def differences(first: Counts, second: Counts) -> list[Difference | None]:
    """Of each column; None where a run counted nothing in it.

    A run is (met, counted), each with a row a question, in the same order, and a column a figure.
    """
    value = _shares(second) - _shares(first)
    draws = drawn(len(first[0]))
    spread = ratio(draws @ second[0], draws @ second[1]) - ratio(draws @ first[0], draws @ first[1])
    p = _p(first, second, value)
    return [
        None if np.isnan(value[column]) else _difference(value[column], spread[:, column], p[column])
        for column in range(len(value))
    ]


def _difference(value: float, spread: Floats, p: float) -> Difference:
    low, high = np.nanpercentile(spread, BOUNDS)
    return Difference(*(round(float(number), 4) for number in (value, low, high, p)))


def _shares(run: Counts) -> Floats:
    return ratio(run[0].sum(axis=0), run[1].sum(axis=0))


def _p(first: Counts, second: Counts, value: Floats) -> Floats:
    """How many trials differ as much, one added to both as the trial that was seen."""
    swaps = np.random.default_rng(SEED).integers(0, 2, (TRIALS, len(first[0]))).astype(np.float64)
    one = [first[part].sum(axis=0) + swaps @ (second[part] - first[part]) for part in (0, 1)]
    other = [second[part].sum(axis=0) + swaps @ (first[part] - second[part]) for part in (0, 1)]
    trials = np.abs(ratio(other[0], other[1]) - ratio(one[0], one[1]))
    told: Floats = (~np.isnan(trials)).sum(axis=0)  # a trial in which one side counts nothing tells nothing
    extreme: Floats = (trials >= np.abs(value) - EQUAL).sum(axis=0)
    return (extreme + 1) / (told + 1)
