"""`accord ingest`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.shell import AsJson, DataDir, print_json, printable, settings_of
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from ingest.report import Item, Report


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    app.command("ingest")(ingest)
    app.command("rebuild")(rebuild)


def ingest(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files (.md, .txt, .html, .jsonl), folders, web addresses."),
    ],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Read articles into the store. What has not changed is left alone; a changed article replaces its old version."""
    report = ingest_into(settings_of(context, IngestSettings, data_dir), sources, show_progress=not as_json)
    if as_json:
        print_json(report.document())
    else:
        _print(report)
    if report.count("failed"):
        raise typer.Exit(1)


def rebuild(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Make passages and vectors anew from the stored articles, after a change of embedder or chunk size, or damage."""
    from ingest.progress import Bars
    from ingest.rebuild import rebuild as run

    with Bars(show=not as_json and sys.stderr.isatty()) as bars:
        result = run(settings_of(context, IngestSettings, data_dir), bars)
    if as_json:
        print_json(result)
    else:
        typer.echo(f"{result['articles']} articles, {result['passages']} passages rebuilt with {result['model']}")


def ingest_into(settings: IngestSettings, sources: list[str], *, show_progress: bool) -> Report:
    """Ingest the named sources into the store of the settings' data directory."""
    from datetime import UTC, datetime

    from corpus.catalogue import IndexSpec
    from corpus.opening import chroma_url, open_embedder
    from corpus.store import open_for_writing
    from ingest.chunk import signature
    from ingest.pipeline import Run
    from ingest.progress import Bars

    embedder = open_embedder(settings)
    spec = IndexSpec(embedder.spec, signature(settings.chunk.max_chars))
    with (
        open_for_writing(settings.data_dir, chroma_url(settings), spec, "accord ingest") as store,
        Bars(show=show_progress and sys.stderr.isatty()) as bars,
    ):
        return Run(store, embedder, settings, datetime.now(UTC), bars).ingest(sources)


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.text import Text

    # One line an item where another program reads it, wrapped between words where a person does.
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    problems = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())
    for item in report.items:
        if item.outcome in {"added", "changed"}:
            style = "green" if item.outcome == "added" else "yellow"
            console.print(Text(_stored(item), style=style))
        elif item.outcome != "unchanged":
            style = "bold red" if item.outcome == "failed" else "dim"
            problems.print(Text(printable(f"{item.outcome:>9}  {item.source}: {item.reason}"), style=style))
    console.print(_summary(report))


def _stored(item: Item) -> str:
    return printable(f"{item.outcome:>9}  {item.title} ({item.published or 'no date'}, {item.passages} passages)")


def _summary(report: Report) -> str:
    from ingest.report import OUTCOMES

    counts = ", ".join(f"{report.count(name)} {name}" for name in OUTCOMES if report.count(name))
    rate = f" ({report.passages / report.seconds:.0f}/s)" if report.passages and report.seconds else ""
    return f"{counts or 'nothing to read'}; {report.passages} passages written in {report.seconds:.1f} s{rate}"
