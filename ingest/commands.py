"""`accord ingest`, `accord rebuild`, `accord runs`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, DataDir, checked_day, print_json, print_json_line, settings_of
from ingest.options import RunOptions
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from corpus.catalogue import Catalogue, IndexSpec
    from corpus.embedding.embedder import Embedder
    from corpus.errors import StoreBusy
    from corpus.store import Store
    from ingest.report import Report

MOST_SECONDS = 604_800  # a week
MOST_RUNS = 2**31
HELP_SOURCES = (
    "Files (.md, .txt, .html, .pdf, .docx, .eml, .mhtml, .jsonl), folders, web addresses of pages, feeds and sitemaps, "
    "text files of addresses, or - for stdin."
)


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    app.command("ingest")(ingest)
    app.command("rebuild")(rebuild)
    app.command("runs")(runs)


def ingest(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=HELP_SOURCES)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the report and write nothing.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Withdraw what the named folders (or .jsonl files) no longer hold.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Of feeds and sitemaps, only what is of DATE or later."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Of each feed or sitemap, the newest N.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=32, help="Sources read at a time.")] = 4,
    watch: Annotated[
        float | None,
        typer.Option(
            "--watch",
            min=1,
            max=MOST_SECONDS,
            metavar="SECONDS",
            help="Go on, every so many seconds, until interrupted.",
        ),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Read articles into the store. What has not changed is left alone; a changed article replaces its old version."""
    from ingest.interrupt import graceful_stop

    settings = settings_of(context, IngestSettings, data_dir)
    options = RunOptions(dry_run, prune, checked_day(since, "--since"), limit, jobs)
    if watch is not None and "-" in sources:
        raise UsageError("--watch: stdin can be read only once. Name files, folders or addresses.")
    with graceful_stop() as stop:
        if watch is not None:
            _watch(settings, sources, options, watch, stop, as_json=as_json)
            return
        report = ingest_into(settings, sources, options, stop=stop, show_progress=not as_json)
    if as_json:
        print_json(report.document())
    else:
        _show(report)
    if report.count("failed") or report.interrupted:
        raise typer.Exit(1)


def rebuild(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Make passages and vectors anew from the stored articles, after a change of embedder or chunk size, or damage."""
    from ingest.progress import Bar
    from ingest.rebuild import rebuild as run

    with Bar(show=not as_json and sys.stderr.isatty()) as bar:
        result = run(settings_of(context, IngestSettings, data_dir), bar)
    if as_json:
        print_json(result)
    else:
        typer.echo(f"{result['articles']} articles, {result['passages']} passages rebuilt with {result['model']}")


def runs(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="N", min=1, max=MOST_RUNS, help="Show what run N did.")
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List the latest ingest runs, newest first, or show one of them."""
    from ingest.run_log import show_run, show_runs

    settings = settings_of(context, IngestSettings, data_dir)
    if number is None:
        show_runs(settings.data_dir, as_json=as_json)
    else:
        show_run(settings.data_dir, number, as_json=as_json)


def ingest_into(
    settings: IngestSettings,
    sources: list[str],
    options: RunOptions | None = None,
    *,
    embedder: Embedder | None = None,
    stop: threading.Event | None = None,
    show_progress: bool,
) -> Report:
    """Ingest the named sources into the store of the settings' data directory."""
    import threading
    from datetime import UTC, datetime

    from corpus.catalogue import IndexSpec
    from corpus.opening import open_embedder
    from ingest.chunk import signature
    from ingest.pipeline import Run
    from ingest.progress import Bar

    chosen = options or RunOptions()
    model = embedder or open_embedder(settings)
    spec = IndexSpec(model.spec, signature(settings.chunk.max_chars))
    with (
        _opened(settings, spec, dry_run=chosen.dry_run) as (catalogue, store),
        Bar(show=show_progress and sys.stderr.isatty()) as bar,
    ):
        now = datetime.now(UTC)
        return Run(catalogue, store, model, settings, chosen, now, bar, stop or threading.Event()).ingest(sources)


@contextmanager
def _opened(settings: IngestSettings, spec: IndexSpec, *, dry_run: bool) -> Iterator[tuple[Catalogue, Store | None]]:
    from corpus.opening import chroma_url
    from corpus.store import open_for_looking, open_for_writing

    if dry_run:
        with open_for_looking(settings.data_dir, spec) as catalogue:
            yield catalogue, None
        return
    with open_for_writing(settings.data_dir, chroma_url(settings), spec, "accord ingest") as store:
        yield store.catalogue, store


def _watch(
    settings: IngestSettings,
    sources: list[str],
    options: RunOptions,
    seconds: float,
    stop: threading.Event,
    *,
    as_json: bool,
) -> None:
    from corpus.opening import open_embedder
    from ingest.watch import watch

    embedder = open_embedder(settings)  # one for all rounds: its model is loaded once

    def once() -> Report:
        return ingest_into(settings, sources, options, embedder=embedder, stop=stop, show_progress=not as_json)

    def tell(report: Report) -> None:
        if as_json:
            print_json_line(report.document())
        else:
            _show(report)

    def busy(error: StoreBusy) -> None:
        sys.stderr.write(f"accord: {error} Trying again.\n")

    watch(once, seconds, stop, tell, busy)


def _show(report: Report) -> None:
    from ingest.progress import peak_memory_mb
    from ingest.show import show

    show(report, peak_memory_mb())
