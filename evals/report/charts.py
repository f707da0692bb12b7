"""The numbers behind the page's plots, as shares of their axes: the style sheet draws them, at any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evals.statistics.shares import OVERALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.statistics.shares import Share


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how much, and its height as a share of the highest."""

    label: str
    count: int
    height: float


@dataclass(frozen=True, slots=True)
class Group:
    """A share with its interval, in a row of its own."""

    name: str
    value: Share


def rows_by_group(groups: Mapping[str, Share | None]) -> list[Group]:
    """Those groups of a figure about which it says something, overall first, then best first."""
    known = [Group(name, value) for name, value in groups.items() if value]
    return sorted(known, key=lambda one: (one.name != OVERALL, -one.value.share, one.name))


def histogram(values: Sequence[float], bins: int, most: float) -> list[Bar]:
    """Bins of equal width from 0 to `most`, the last one with `most` in it; none for no values."""
    if not values:
        return []
    width = (most or 1.0) / bins
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / width))] += 1
    highest = max(counts)
    return [
        Bar(f"{_plain(number * width)} to {_plain((number + 1) * width)}", count, count / highest)
        for number, count in enumerate(counts)
    ]


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
