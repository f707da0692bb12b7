"""`accord eval claims`: how many corrupted sentences the checks catch, and how many right ones they lose."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, print_json, settings_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from evals.claims.measured import Rate


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval claims`."""
    evaluation.command("claims")(command)


def command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DATA", help="Folder that holds trade_dev/.")],
    as_json: AsJson = False,
) -> None:
    """Measure the checks of written sentences: right answers of a set, and the same corrupted in twelve ways."""
    from evals.claims.measured import measure
    from evals.ranking.data import load

    trade = load(folder).trade
    if trade is None:
        raise UsageError(f"{folder}: it has no trade_dev folder.")
    with tempfile.TemporaryDirectory(prefix="accord-eval-") as temporary:
        rates = measure(trade, settings_of(context, EvalSettings, None), Path(temporary))
    if as_json:
        print_json({kind: rate.document() for kind, rate in rates.items()})
        return
    _show(rates)


def _show(rates: dict[str, Rate]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, column in enumerate(("sentences", "found wrong", "count", "95% interval", "by which check")):
        table.add_column(column, justify="left" if number in {0, 4} else "right")
    for kind, rate in rates.items():
        share = rate.found
        if share is None:
            continue
        checks = ", ".join(f"{name} {count}" for name, count in rate.checks.items())
        table.add_row(
            kind, f"{share.share:.3f}", f"{share.met}/{share.counted}", f"{share.low:.3f} to {share.high:.3f}", checks
        )
    Console(highlight=False).print(table)
