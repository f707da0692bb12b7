"""A run on a terminal: what was stored, what changed in it, what was not and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from corpus.shell import printable
from ingest.report import OUTCOMES, Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ingest.report import Report

STYLES = {"added": "green", "changed": "yellow", "duplicate": "cyan", "withdrawn": "magenta", "failed": "bold red"}


def show(report: Report, peak_mb: int) -> None:
    """The run that just ended: problems go to stderr."""
    show_items(report.items)
    if report.dry_run:
        plain().print("Nothing was written: this was a dry run.")
    if report.interrupted:
        plain().print("Interrupted. Run the same command again to go on from there.")
    rate = f" ({report.passages / report.seconds:.0f}/s)" if report.passages and report.seconds else ""
    done = f"{report.passages} passages written in {report.seconds:.1f} s{rate}, peak memory {peak_mb} MB"
    plain().print(f"{counted(report.counts())}; {done}")


def show_items(items: Iterable[Item]) -> None:
    """One line an item that was not unchanged, and what changed below it."""
    out, problems = plain(), plain(stderr=True)
    for item in items:
        if item.outcome in {"failed", "skipped"}:
            style = STYLES.get(item.outcome, "dim")
            problems.print(Text(printable(f"{item.outcome:>9}  {item.source}: {item.reason}"), style=style))
        elif item.outcome != "unchanged":
            out.print(Text(_stored(item), style=STYLES[item.outcome]))
            for line in _changes(item):
                out.print(Text(printable(line), style="dim"))


def counted(counts: Mapping[str, int]) -> str:
    """`3 added, 1 changed`."""
    return ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts.get(name)) or "nothing to read"


def plain(*, stderr: bool = False) -> Console:
    """One line an item where another program reads it, wrapped between words where a person does."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, soft_wrap=not stream.isatty())


def _stored(item: Item) -> str:
    told = f"{item.published or 'no date'}, {item.passages} passages" if item.passages else item.published or "no date"
    why = f": {item.reason}" if item.reason else ""
    return printable(f"{item.outcome:>9}  {item.title or item.source} ({told}){why}")


def _changes(item: Item) -> Iterable[str]:
    found = item.changes or {}
    for name, (before, after) in found.get("fields", {}).items():
        yield f"           {name}: {before or 'unknown'} -> {after or 'unknown'}"
    yield from (f"           - {sentence}" for sentence in found.get("removed", ()))
    yield from (f"           + {sentence}" for sentence in found.get("added", ()))
    if found.get("more"):
        yield f"           … and {found['more']} more sentences"
    if item.correction:
        yield f"           correction: {item.correction}"
