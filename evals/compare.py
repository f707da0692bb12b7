"""`accord eval compare`: what a change did, figure by figure and question by question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.shell import AsJson, print_json, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from evals.comparing import Comparison, Moved

ResultsFile = Annotated[Path, typer.Argument(metavar="A.jsonl", help="Results of the run before.")]
NAMED = 5  # questions that are left out
CHANCE = (
    "p: how often chance alone does as much (randomisation test over pairs). * marks p below .05; of twenty figures "
    "that nothing changed, one has it by chance."
)


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval compare`."""
    evaluation.command("compare")(command)


def command(
    first: ResultsFile,
    second: Annotated[Path, typer.Argument(metavar="B.jsonl", help="Results of the run after.")],
    as_json: AsJson = False,
) -> None:
    """Compare two runs of a set: figures better and worse with intervals and p, and the questions that flipped."""
    from rich.console import Console

    from evals import about
    from evals.comparing import compared
    from evals.results import read

    found = compared(read(first), read(second))
    console, otherwise = Console(highlight=False, markup=False), about.changes(about.read(first), about.read(second))
    if as_json:
        print_json({**found.document(), "changes": otherwise})
        return
    for name, (before, after) in otherwise.items():
        console.print(printable(f"{name}: {before} -> {after}"), soft_wrap=True)
    _show(found, console)


def _show(found: Comparison, console: Console) -> None:
    left_out = {"only in A": found.only_first, "only in B": found.only_second, "asked otherwise": found.altered}
    for what, ids in left_out.items():
        if ids:
            more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
            console.print(f"left out, {what}: {', '.join(ids[:NAMED])}{more}", soft_wrap=True)
    if found.identical:
        console.print(f"{found.questions} questions: the same answers and scores, times aside.")
        return
    better = [one for one in found.moved if one.better is True]
    worse = [one for one in found.moved if one.better is False]
    _figures(f"better, {len(better)} figures", better, console)
    _figures(f"worse, {len(worse)} figures", worse, console)
    same = sum(one.better is None for one in found.moved)
    console.print(f"unchanged: {same} figures\n")
    _flipped(found, console)
    console.print(f"\n{CHANCE}", soft_wrap=True)


def _figures(title: str, moved: Sequence[Moved], console: Console) -> None:
    from evals.table import new_table

    if not moved:
        return
    table = new_table(title, "figure", "A", "B", "B - A", "95% interval", "p")
    for one in sorted(moved, key=lambda each: each.difference.p):
        by = one.difference
        table.add_row(
            one.name,
            f"{one.first.share:.3f}",
            f"{one.second.share:.3f}",
            f"{by.value:+.3f}",
            f"{by.low:+.3f} to {by.high:+.3f}",
            f"{by.p:.4f}{' *' if one.significant else ''}",
        )
    console.print(table)
    console.print()


def _flipped(found: Comparison, console: Console) -> None:
    if not found.flips:
        console.print("No question has another outcome.")
        return
    console.print(f"{len(found.flips)} of {found.questions} questions with another outcome:")
    marks = {True: "better", False: "worse", None: "other"}
    for one in sorted(found.flips, key=lambda flip: (flip.better is not True, flip.better is None, flip.id)):
        line = f"  {marks[one.better]:7}{one.id} ({one.type}): {one.before} -> {one.after}: {one.question}"
        console.print(printable(line), soft_wrap=True, markup=False)
