"""The summary of a run as a table on a terminal."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from evals.summary import OVERALL, Share

# The metrics of the table by type, with column heads that let it fit a terminal of 80 columns.
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


def show(
    everything: Mapping[str, Mapping[str, Share | None]], questions: int, times: Mapping[str, float] | None = None
) -> None:
    """One row a metric overall with counts and interval, then one column a question type. Metrics that say nothing
    about the set are left out."""
    summary = {metric: groups for metric, groups in everything.items() if groups[OVERALL]}
    console = Console(highlight=False)
    overall = Table(title=f"{questions} questions", title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in ("metric", "share", "count", "95% interval"):
        overall.add_column(column, justify="left" if column == "metric" else "right", no_wrap=True)
    for metric, groups in summary.items():
        overall.add_row(metric, *_cells(groups[OVERALL]))
    console.print(overall)
    console.print()
    console.print(_by_type({metric: summary[metric] for metric in BY_TYPE if metric in summary}))
    if times:
        console.print(f"\na warm answer: median {times['p50']:.0f} ms, 95th percentile {times['p95']:.0f} ms")


def _by_type(summary: Mapping[str, Mapping[str, Share | None]]) -> Table:
    types = sorted({group for groups in summary.values() for group in groups} - {OVERALL})
    table = Table(title="share by type", title_justify="left", box=None, header_style="bold", pad_edge=False)
    table.add_column("type", no_wrap=True)
    for metric in summary:
        table.add_column(BY_TYPE[metric], justify="right", no_wrap=True)
    for type_ in types:
        values = [groups.get(type_) for groups in summary.values()]
        table.add_row(type_, *(f"{value.share:.2f}" if value else "-" for value in values))
    return table


def _cells(value: Share | None) -> tuple[str, str, str]:
    if value is None:
        return "-", "0", ""
    return f"{value.share:.3f}", f"{value.met}/{value.counted}", f"{value.low:.3f} to {value.high:.3f}"
