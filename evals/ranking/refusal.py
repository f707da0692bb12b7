"""Refusing where there is no answer: precision, recall and how well the probability tells the two apart.

A refusal is the positive class of precision and recall, as in `evals.metrics.refusals`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evals.ranking.calibration import Judged
from evals.ranking.measured import Figures, Section
from evals.statistics.intervals import Estimate, area_estimate
from evals.statistics.shares import Share, share


def section(name: str, judged: Sequence[Judged], facts: Mapping[str, int]) -> Section:
    """What came of one set's questions."""
    counts = {"questions": len(judged), "unanswerable": sum(not one.answerable for one in judged)}
    return Section(f"refusal_{name}", {**counts, **facts}, figures(judged))


def figures(judged: Sequence[Judged]) -> Figures:
    """Precision, recall, and the areas under the ROC curve of the probability, the best logit and the best cosine."""
    return {
        "precision": precision(judged),
        "recall": recall(judged),
        "area_probability": _area(judged, lambda one: one.probability),
        "area_best_logit": _area(judged, lambda one: one.example.signals.best),
        "area_cosine": _area(judged, lambda one: one.example.signals.closeness),
    }


def precision(judged: Sequence[Judged]) -> Share | None:
    """Of the questions refused, the share that has no answer."""
    refused = [not one.answerable for one in judged if one.refused]
    return share(sum(refused), len(refused))


def recall(judged: Sequence[Judged]) -> Share | None:
    """Of the questions that have no answer, the share refused."""
    without = [one.refused for one in judged if not one.answerable]
    return share(sum(without), len(without))


def _area(judged: Sequence[Judged], value: Callable[[Judged], float]) -> Estimate | None:
    return area_estimate(
        [value(one) for one in judged if one.answerable], [value(one) for one in judged if not one.answerable]
    )
