"""All results of a run put together: every figure overall and by group, calibration, times, and what a model cost."""

from __future__ import annotations

import math
import statistics
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.measures import FIGURES
from evals.statistics.bootstrap import shares
from evals.statistics.reliability import calibration_error
from evals.statistics.shares import OVERALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from evals.results import Result
    from evals.settings import EvalOptions
    from evals.statistics.intervals import Estimate, Floats
    from evals.statistics.shares import Share

    Summary = dict[str, dict[str, Share | None]]
    Grouping = Callable[[Result], Iterable[str]]

MILLION = 1_000_000


def by_type(result: Result) -> Iterable[str]:
    """The type of a question."""
    return (result.type,)


def by_outlet(result: Result) -> Iterable[str]:
    """The outlets of the articles with its evidence."""
    return result.outlets


def by_year(result: Result) -> Iterable[str]:
    """The years in which the articles with its evidence were published."""
    return result.years


GROUPINGS: dict[str, Grouping] = {"type": by_type, "outlet": by_outlet, "year": by_year}


def summarised(results: Sequence[Result], grouping: Grouping = by_type) -> Summary:
    """By figure, then by group (`overall` first)."""
    met, counted = counts(results)
    members: dict[str, list[int]] = {OVERALL: list(range(len(results)))}
    for number, result in enumerate(results):
        for group in grouping(result):
            # An outlet may be called so, and is then not all of them.
            members.setdefault(f"“{group}”" if group == OVERALL else group, []).append(number)
    groups = [OVERALL, *sorted(members.keys() - {OVERALL})]
    by_group = {group: shares(met[members[group]], counted[members[group]]) for group in groups}
    return {name: {group: by_group[group][place] for group in groups} for place, name in enumerate(FIGURES)}


def counts(results: Sequence[Result]) -> tuple[Floats, Floats]:
    """(met, counted), each with a row a question and a column a figure."""
    table = np.array([[result.counts.get(name, (0, 0)) for name in FIGURES] for result in results], np.float64).reshape(
        len(results), len(FIGURES), 2
    )
    return table[:, :, 0], table[:, :, 1]


def document(results: Sequence[Result], options: EvalOptions) -> dict[str, Any]:
    """The summary as JSON-ready values."""
    by = {name: _plain(summarised(results, grouping)) for name, grouping in GROUPINGS.items()}
    error = calibration(results)
    return {
        "questions": len(results),
        "stale": [result.id for result in results if result.stale],
        "metrics": by["type"],
        "by_outlet": by["outlet"],
        "by_year": by["year"],
        "expected_calibration_error": error and asdict(error),
        "timings_ms": times(results),
        "usage": usage(results, options),
    }


def _plain(summary: Summary) -> dict[str, dict[str, dict[str, Any] | None]]:
    return {
        metric: {group: None if value is None else asdict(value) for group, value in groups.items()}
        for metric, groups in summary.items()
    }


def calibration(results: Iterable[Result]) -> Estimate | None:
    """The expected calibration error of the probability that a question is answered."""
    return calibration_error(with_probability(results))


def with_probability(results: Iterable[Result]) -> list[Any]:
    """The results that say how probable an answer was; small talk does not."""
    return [result for result in results if result.probability is not None]


def times(results: Sequence[Result]) -> dict[str, Any] | None:
    """Median and 95th percentile of the answers' times, in milliseconds, all together and by stage."""
    stages: dict[str, list[int]] = {}
    for result in results:
        for stage, ms in result.answer["timings_ms"].items():
            stages.setdefault(stage, []).append(ms)
    found = {stage: percentiles(values) for stage, values in stages.items() if stage != "deadline"}
    return {**found.pop("total"), "stages": found} if "total" in found else None


def percentiles(values: Iterable[float]) -> dict[str, float]:
    """Median and 95th percentile (nearest rank) of values."""
    ordered = sorted(values)
    return {"p50": statistics.median(ordered), "p95": ordered[math.ceil(0.95 * len(ordered)) - 1]}


def usage(results: Iterable[Result], options: EvalOptions) -> dict[str, float] | None:
    """Tokens that a chat model read and wrote, and what they cost where prices are set; None without a model."""
    used = [result.usage for result in results if result.usage]
    if not used:
        return None
    read, written = sum(one.input_tokens for one in used), sum(one.output_tokens for one in used)
    tokens: dict[str, float] = {"input_tokens": read, "output_tokens": written}
    if options.price_input is None or options.price_output is None:
        return tokens
    cost = (read * options.price_input + written * options.price_output) / MILLION
    return {**tokens, "cost": round(cost, 6)}
