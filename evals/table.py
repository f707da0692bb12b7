"""The summary of a run as tables on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from corpus.shell import printable
from evals.measures import FIGURES
from evals.outcomes import ORDER, RANK, RIGHT, outcome
from evals.statistics.shares import OVERALL, Share
from evals.summary import calibration, summarised, times, usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.results import Result
    from evals.settings import EvalOptions
    from evals.summary import Summary

# Of the ranking figures those that say most; `--json` and the report have all.
LEFT_OUT = frozenset(
    name
    for name in FIGURES
    if name.startswith(("passage_", "story_"))
    and name not in {"passage_hit_at_1", "passage_mrr_at_10", "passage_ndcg_at_10", "story_hit_at_4"}
)
# The figures of the table by type, with column heads that let it fit a terminal of 80 columns.
SHOWN = 12  # questions that went wrong
BY_TYPE = {
    "evidence_at_4": "@4",
    "evidence_at_10": "@10",
    "evidence_cited": "cited",
    "evidence_any_cited": "any",
    "must_include": "must",
    "in_full_evidence_cited": "full c",
    "in_full_must_include": "full m",
    "refusal_precision": "ref P",
    "refusal_recall": "ref R",
}


def show(results: Sequence[Result], options: EvalOptions) -> None:
    """One row a figure overall with counts and interval, then one column a question type. Figures that say nothing
    about the set are left out."""
    summary = {name: groups for name, groups in summarised(results).items() if groups[OVERALL]}
    console = Console(highlight=False, markup=False)
    overall = new_table(f"{len(results)} questions", "figure", "value", "count", "95% interval")
    for name, groups in summary.items():
        if name not in LEFT_OUT:
            overall.add_row(name, *cells(groups[OVERALL], mean=FIGURES[name].mean))
    console.print(overall)
    console.print()
    console.print(_by_type({name: summary[name] for name in BY_TYPE if name in summary}))
    for line in [*_below(results, options), *_outcomes(results)]:
        console.print(f"\n{line}", soft_wrap=True)


def new_table(title: str, *columns: str) -> Table:
    """A plain table, its first column to the left and the others to the right."""
    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    return table


def cells(value: Share | None, *, mean: bool) -> tuple[str, str, str]:
    """Value, count and interval as they are shown."""
    if value is None:
        return "-", "0", ""
    counted = f"{value.counted:g}" if mean else f"{value.met:g}/{value.counted:g}"
    return f"{value.share:.3f}", counted, f"{value.low:.3f} to {value.high:.3f}"


def _by_type(summary: Summary) -> Table:
    table = new_table("share by type", "type", *(BY_TYPE[name] for name in summary))
    types = sorted({group for groups in summary.values() for group in groups} - {OVERALL})
    for type_ in types:
        values = [groups.get(type_) for groups in summary.values()]
        table.add_row(type_, *(f"{value.share:.2f}" if value else "-" for value in values))
    return table


def _below(results: Sequence[Result], options: EvalOptions) -> list[str]:
    error, taken, used = calibration(results), times(results), usage(results, options)
    lines = []
    if error:
        lines.append(f"expected calibration error {error.value:.3f} ({error.low:.3f} to {error.high:.3f})")
    if taken:
        lines.append(f"an answer takes a median of {_ms(taken)}; {_stages(taken['stages'])}")
    if used:
        cost = f", cost {used['cost']:g}" if "cost" in used else ""
        lines.append(f"the chat model read {used['input_tokens']:g} tokens and wrote {used['output_tokens']:g}{cost}")
    return lines


def _outcomes(results: Sequence[Result]) -> list[str]:
    """How many questions came to what, and the first of those that went wrong."""
    found = {result.id: outcome(result) for result in results}
    counted = Counter(found.values())
    bad = [result for result in results if RANK[found[result.id]] < RANK[RIGHT]]
    named = [f"  {found[one.id]}: {one.id}: {printable(one.question)}" for one in bad[:SHOWN]]
    more = [f"  and {len(bad) - SHOWN} more; --report shows each beside its gold"] if len(bad) > SHOWN else []
    return ["\n".join(["; ".join(f"{counted[name]} {name}" for name in ORDER if counted[name]), *named, *more])]


def _stages(stages: Mapping[str, Any]) -> str:
    return "; ".join(f"{stage} {_ms(one)}" for stage, one in stages.items())


def _ms(taken: Mapping[str, Any]) -> str:
    return f"{taken['p50']:.0f} ms (95th percentile {taken['p95']:.0f})"
