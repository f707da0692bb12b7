"""What the report says, put together from results; the template only lays it out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.comparing import compared
from evals.measures import FIGURES, HEADLINES
from evals.outcomes import ORDER, outcome
from evals.report.charts import Bar, Group, histogram, rows_by_group
from evals.report.questions import Question, question
from evals.statistics.shares import OVERALL
from evals.summary import GROUPINGS, calibration, summarised, times, with_probability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.comparing import Comparison
    from evals.figure import Figure
    from evals.results import Result
    from evals.statistics.intervals import Estimate
    from evals.statistics.shares import Share
    from evals.summary import Summary

# The figures that are drawn by type: found, cited, said.
DRAWN = ("evidence_at_4", "evidence_cited", "must_include", "refusal_recall")
# Means whose values by question are drawn.
SPREAD = ("cited_passages_f1", "cited_characters_f1", "token_f1")
BINS = 20


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure overall, and by how much it differs from the baseline."""

    figure: Figure
    value: Share
    moved: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page. `compared` is None without a baseline."""

    name: str
    questions: list[Question]
    answerable: int
    articles: int | None
    outcomes: list[tuple[str, int]]
    headlines: list[Headline]
    figures: list[Headline]
    by: dict[str, list[Group]]
    tables: dict[str, tuple[list[str], list[tuple[Figure, list[Share | None]]]]]
    calibration: Estimate | None
    reliability: str | None
    probabilities: dict[str, list[Bar]]
    spread: dict[str, list[Bar]]
    ranks: list[Bar]
    times: dict[str, Any] | None
    totals: list[Bar]
    slowest: float
    compared: Comparison | None
    about: Mapping[str, Any]
    types: list[str]


def view(results: Sequence[Result], about: Mapping[str, Any], baseline: Sequence[Result] = ()) -> View:
    """The page's content. Raises UsageError when the baseline has no question of these results."""
    beside = compared(baseline, results) if baseline else None
    summary = summarised(results)
    before = {result.id: result for result in baseline}
    judged, taken = with_probability(results), [result.answer["timings_ms"].get("total", 0) for result in results]
    counted = Counter(outcome(result) for result in results)
    figures = _headlines(summary, beside, list(FIGURES))
    return View(
        name=str(about.get("set", {}).get("name", "a question set")),
        questions=[question(result, before.get(result.id)) for result in results],
        answerable=sum(result.answerable for result in results),
        articles=about.get("corpus", {}).get("articles"),
        outcomes=[(name, counted[name]) for name in ORDER if counted[name]],
        headlines=[one for one in figures if one.figure.name in HEADLINES],
        figures=figures,
        by={FIGURES[name].title: rows_by_group(summary[name]) for name in DRAWN if summary[name][OVERALL]},
        tables={name: _table(results, name) for name in GROUPINGS},
        calibration=calibration(results),
        reliability=_reliability(judged),
        probabilities={
            "answerable": histogram([one.probability for one in judged if one.answerable], BINS, 1.0),
            "no answer in the articles": histogram(
                [one.probability for one in judged if not one.answerable], BINS, 1.0
            ),
        },
        spread={FIGURES[name].title: histogram(_values(results, name), BINS, 1.0) for name in SPREAD},
        ranks=_ranks(results),
        times=times(results),
        totals=histogram(taken, BINS, max(taken)),
        slowest=max(taken),
        compared=beside,
        about=about,
        types=sorted({result.type for result in results}),
    )


def _headlines(summary: Summary, beside: Comparison | None, names: Sequence[str]) -> list[Headline]:
    moved = {one.name: one.difference for one in beside.moved} if beside else {}
    return [
        Headline(
            FIGURES[name],
            value,
            moved[name].value if name in moved else None,
            moved[name].p if name in moved else None,
        )
        for name in names
        if (value := summary[name][OVERALL])
    ]


def _table(results: Sequence[Result], grouping: str) -> tuple[list[str], list[tuple[Figure, list[Share | None]]]]:
    """Its groups, and of each headline its share in each."""
    summary = summarised(results, GROUPINGS[grouping])
    groups = [group for group in summary[HEADLINES[0]] if group != OVERALL]
    rows = [(FIGURES[name], [summary[name][group] for group in groups]) for name in HEADLINES]
    return groups, [(figure, values) for figure, values in rows if any(values)]


def _values(results: Sequence[Result], name: str) -> list[float]:
    return [value for result in results if (value := result.scores.get(name)) is not None]


def _ranks(results: Sequence[Result]) -> list[Bar]:
    """At which rank the first passage with gold evidence stands."""
    found = Counter(_rank(result) for result in results if result.gold.evidence)
    most = max(found.values(), default=1)
    return [Bar(label, found[label], found[label] / most) for label in ("1", "2-4", "5-10", "11-50", "not found")]


def _rank(result: Result) -> str:
    for depth, label in ((1, "1"), (4, "2-4"), (10, "5-10"), (50, "11-50")):
        if result.scores.get(f"passage_hit_at_{depth}"):
            return label
    return "not found"


def _reliability(judged: Sequence[Any]) -> str | None:
    from evals.statistics.reliability import binned
    from evals.statistics.reliability_plot import svg

    return svg(binned(judged)) if judged else None
