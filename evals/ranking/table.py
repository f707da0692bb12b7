"""A measured run on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from evals.ranking import ablation
from evals.ranking.measured import Figure, Figures, Measured, Section
from evals.statistics.reliability import Bin
from evals.statistics.shares import Share

SHORT = {
    "evidence_at_1": "top 1",
    "evidence_at_4": "top 4",
    "evidence_at_10": "top 10",
    "first_hit_at_1": "first hit",
    "hits_at_1": "quiz @1",
    "hits_at_10": "quiz @10",
}


def show(measured: Measured) -> None:
    """A table for each section, the reliability, the ablation, and a line for what was left out."""
    console = Console(highlight=False)
    for section in measured.sections:
        console.print(_headed(section), soft_wrap=True)
        console.print(_section(section), end="\n\n")
    if measured.reliability:
        value, count, interval = _cells(measured.calibration_error)
        console.print(
            f"reliability: expected calibration error {value} ({interval}) over {count} questions", soft_wrap=True
        )
        console.print(_reliability(measured.reliability), end="\n\n")
    if measured.ablation:
        console.print("ablation")
        console.print(_ablation(measured.ablation), end="\n\n")
    for line in measured.skipped:
        console.print(f"left out: {line}", soft_wrap=True)


def _headed(section: Section) -> str:
    facts = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in section.facts.items())
    return f"{section.name.replace('_', ' ')}: {facts}"


def _section(section: Section) -> Table:
    table = _table(("figure", "value", "count", "95% interval"))
    for name, figure in section.figures.items():
        table.add_row(name.replace("_", " "), *_cells(figure))
    return table


def _reliability(bins: Sequence[Bin]) -> Table:
    table = _table(("probability", "mean", "answerable", "count", "95% interval"))
    for one in bins:
        mean = "-" if one.mean_probability is None else f"{one.mean_probability:.3f}"
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", mean, *_cells(one.answerable))
    return table


def _ablation(rows: Mapping[str, Figures]) -> Table:
    names = ablation.columns(rows)
    table = _table(("search", *(SHORT[name] for name in names)))
    for variant, figures in rows.items():
        table.add_row(variant, *(_cells(figures.get(name))[0] for name in names))
    return table


def _table(columns: Sequence[str]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    return table


def _cells(figure: Figure) -> tuple[str, str, str]:
    if figure is None:
        return "-", "0", ""
    if isinstance(figure, Share):
        return f"{figure.share:.3f}", f"{figure.met}/{figure.counted}", f"{figure.low:.3f} to {figure.high:.3f}"
    return f"{figure.value:.3f}", str(figure.counted), f"{figure.low:.3f} to {figure.high:.3f}"
