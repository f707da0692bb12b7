"""`accord eval gate`: whether a run reaches the floors that were agreed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, print_json, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.floors import Held


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval gate`."""
    evaluation.command("gate")(command)


def command(
    results: Annotated[Path, typer.Argument(metavar="RESULTS.jsonl", help="Results of a run.")],
    floors: Annotated[Path, typer.Option("--floors", metavar="FILE.toml", help="The floors of each set.")],
    set_name: Annotated[
        str | None,
        typer.Option("--set", metavar="NAME", help="Whose floors [default: the set that was run]."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a run against the floors of its set; exit code 1 when a figure is below its floor."""
    from evals.floors import held, read
    from evals.results import read as read_results
    from evals.statistics.shares import OVERALL
    from evals.summary import summarised

    known, found = read(floors), read_results(results)
    run = _set_run(results, len(found))
    name = set_name or run
    if name not in known:
        raise UsageError(f"{floors}: it has no floors for the set {name}. It has: {', '.join(known) or 'none'}.")
    measured = {figure: groups[OVERALL] for figure, groups in summarised(found, lambda _: ()).items()}
    beside = held(known[name], measured)
    _show(name, beside, as_json=as_json)
    if not all(one.met for one in beside):
        raise typer.Exit(1)


def _set_run(results: Path, found: int) -> str:
    """The name of the set that was run. Raises UsageError for half a set, and for a reader that knows the gold answers:
    either would hold floors for nothing."""
    from evals.about import path_beside, read

    about = read(results)
    if about is None:
        raise UsageError(f"{path_beside(results)} is not there to say what was run. Run the set again.")
    asked, reader = about["set"]["questions"], about["models"]["reader"]
    if asked != found:
        raise UsageError(f"{results}: it has {found} of the {asked} questions that were asked. Run the set again.")
    if reader != "settings":
        raise UsageError(f"{results}: made with --reader {reader}, which is no run of Accord. Run the set without it.")
    return Path(about["set"]["name"]).stem


def _show(name: str, beside: Sequence[Held], *, as_json: bool) -> None:
    if as_json:
        print_json({"set": name, "passed": all(one.met for one in beside), "floors": [_plain(one) for one in beside]})
        return
    from rich.console import Console

    from evals.measures import FIGURES
    from evals.table import cells, new_table

    table = new_table(printable(f"floors of {name}"), "figure", "floor", "value", "count", "95% interval", "")
    for one in beside:
        sign = "at most " if FIGURES[one.name].falling else ""
        shown = cells(one.value, mean=FIGURES[one.name].mean)
        table.add_row(one.name, f"{sign}{one.floor:g}", *shown, "ok" if one.met else "BELOW")
    console = Console(highlight=False, markup=False)
    console.print(table)
    below = [one.name for one in beside if not one.met]
    console.print(f"\nfailed: {', '.join(below)}" if below else f"\nall {len(beside)} floors held", soft_wrap=True)


def _plain(one: Held) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(one), "met": one.met}
