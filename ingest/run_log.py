"""The kept runs, as `accord runs` shows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from corpus.shell import print_json, printable
from corpus.store import catalogue_at
from ingest.report import Item

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.catalogue.runs import RunRecord

NEWEST = 50


def show_runs(data_dir: Path, *, as_json: bool) -> None:
    """The latest runs, newest first."""
    with catalogue_at(data_dir).snapshot() as snapshot:
        found = snapshot.runs.newest(NEWEST)
    if as_json:
        print_json([_described(run) for run in found])
    else:
        _print_runs(found)


def show_run(data_dir: Path, number: int, *, as_json: bool) -> None:
    """What one run did. Raises UsageError when there is no such run."""
    with catalogue_at(data_dir).snapshot() as snapshot:
        run, items = snapshot.runs.get(number), snapshot.runs.items(number)
    if run is None:
        raise UsageError(f"{number}: there is no such run. `accord runs` lists them.")
    if as_json:
        print_json({**_described(run), "items": items})
        return
    from ingest.show import plain, show_items

    show_items(Item(**item) for item in items)
    plain().print(printable(f"run {run.id} of {run.started_at}, {_ended(run)}: {', '.join(run.sources)}"))


def _described(run: RunRecord) -> dict[str, Any]:
    return {"run": run.id, **{key: value for key, value in asdict(run).items() if key != "id"}}


def _print_runs(found: list[RunRecord]) -> None:
    from rich.table import Table
    from rich.text import Text

    from ingest.show import counted, plain

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("run", "started", "seconds", "ended", "what it did", "sources"):
        table.add_column(column, justify="right" if column in {"run", "seconds"} else "left")
    for run in found:
        did = counted(run.counts) if run.counts else ""
        seconds = "" if run.seconds is None else f"{run.seconds:.1f}"
        sources = Text(printable(", ".join(run.sources)))
        table.add_row(str(run.id), run.started_at[:19].replace("T", " "), seconds, run.state, did, sources)
    plain().print(table if found else "No runs yet. `accord ingest` makes the first.")


def _ended(run: RunRecord) -> str:
    return run.state if run.seconds is None else f"{run.state} in {run.seconds:.1f} s"
