"""Whether a probability of .8 is right eight times of ten: bins of equal width and the expected calibration error.

Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning" (AAAI 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from evals.statistics.intervals import Estimate, statistic_estimate
from evals.statistics.shares import Share, share

if TYPE_CHECKING:
    from evals.statistics.intervals import Floats

BINS = 10


class Judged(Protocol):
    """A question with the probability that it is answerable, and whether it is."""

    @property
    def probability(self) -> float:
        """Between 0 and 1."""

    @property
    def answerable(self) -> bool:
        """Whether there was an answer to find."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a probability in [low, high): their mean probability, and how many were answerable."""

    low: float
    high: float
    counted: int
    mean_probability: float | None
    answerable: Share | None


def binned(judged: Sequence[Judged]) -> list[Bin]:
    """Ten bins of equal width; the last one holds 1, too. No bins of no questions."""
    if not judged:
        return []
    places = [_place(one.probability) for one in judged]
    return [
        _bin(number, [one for one, place in zip(judged, places, strict=True) if place == number])
        for number in range(BINS)
    ]


def calibration_error(judged: Sequence[Judged]) -> Estimate | None:
    """The expected calibration error: how far mean probability and share answerable are apart, weighted by count."""
    if not judged:
        return None
    return statistic_estimate(np.array([(one.probability, float(one.answerable)) for one in judged]), _error)


def _place(probability: float) -> int:
    return min(BINS - 1, int(probability * BINS))


def _bin(number: int, inside: Sequence[Judged]) -> Bin:
    mean = sum(one.probability for one in inside) / len(inside) if inside else None
    return Bin(
        number / BINS,
        (number + 1) / BINS,
        len(inside),
        None if mean is None else round(mean, 4),
        share(sum(one.answerable for one in inside), len(inside)),
    )


def _error(rows: Floats) -> float:
    """Of rows of (probability, 1 when answerable): a bin's count cancels against its means' divisor."""
    places = np.minimum(BINS - 1, (rows[:, 0] * BINS).astype(int))
    gaps = np.bincount(places, rows[:, 0] - rows[:, 1], BINS)
    return float(np.abs(gaps).sum() / len(rows))
