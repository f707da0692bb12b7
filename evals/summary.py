"""All scores of a run put together: each metric overall and by question type, with counts and intervals."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evals.case import Score

Z95 = 1.959964
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Share:
    """`met` of `counted`, with the bounds of its 95% interval."""

    met: int
    counted: int
    share: float
    low: float
    high: float


def share(met: int, counted: int) -> Share | None:
    """The share and its Wilson score interval (Wilson, JASA 1927); None when nothing was counted."""
    if counted == 0:
        return None
    p = met / counted
    spread = 1 + Z95**2 / counted
    middle = (p + Z95**2 / (2 * counted)) / spread
    half = Z95 * math.sqrt(p * (1 - p) / counted + Z95**2 / (4 * counted**2)) / spread
    return Share(met, counted, round(p, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))


def summarised(scored: Iterable[tuple[str, Mapping[str, Score]]]) -> dict[str, dict[str, Share | None]]:
    """By metric, then by question type (`overall` first), from (type, scores) of each question."""
    totals: dict[str, dict[str, Score]] = {}
    for type_, scores in scored:
        for metric, (met, counted) in scores.items():
            for group in (OVERALL, type_):
                had = totals.setdefault(metric, {}).get(group, (0, 0))
                totals[metric][group] = (had[0] + met, had[1] + counted)
    return {metric: {group: share(*score) for group, score in by.items()} for metric, by in totals.items()}


def document(
    summary: Mapping[str, Mapping[str, Share | None]],
) -> dict[str, dict[str, dict[str, Any] | None]]:
    """The summary as JSON-ready values."""
    return {
        metric: {group: None if value is None else asdict(value) for group, value in groups.items()}
        for metric, groups in summary.items()
    }


def warm_times(totals: list[int]) -> dict[str, float] | None:
    """Median and 95th percentile of the answers' times, in milliseconds, without the first, which loads the models."""
    warm = sorted(totals[1:])
    if not warm:
        return None
    return {"p50": statistics.median(warm), "p95": warm[math.ceil(0.95 * len(warm)) - 1]}
