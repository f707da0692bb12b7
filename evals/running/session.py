"""A set asked from beginning to end: the store, the models, the progress that is shown, and what is written."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.shell import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.results import Result
    from evals.running.asking import Asker
    from evals.running.opening import Asked
    from evals.sets import Row
    from evals.settings import EvalSettings

NAMED = 5  # questions that a warning names


class Reader(StrEnum):
    """Who writes the answers of a run."""

    settings = "settings"
    perfect = "perfect"


@contextmanager
def store_of(settings: EvalSettings, articles: Path | None) -> Iterator[EvalSettings]:
    """The settings, with a store of these articles in a temporary folder where there are any. Raises UsageError."""
    if articles is None:
        yield settings
        return
    from ingest.commands import ingest_into

    with tempfile.TemporaryDirectory(prefix="accord-eval-") as folder:
        elsewhere = settings.model_copy(update={"data_dir": Path(folder), "chroma_url": None})
        report = ingest_into(elsewhere, [str(articles)], show_progress=sys.stderr.isatty())
        bad = next((item for item in report.items if item.outcome == "failed"), None)
        if bad:
            raise UsageError(f"--articles: {bad.source}: {bad.reason}")
        yield elsewhere


def answered(
    settings: EvalSettings, question_set: Path, rows: Sequence[Row], reader: Reader, jobs: int | None, out: Path | None
) -> tuple[list[Result], dict[str, object]]:
    """Every question's result, and what they depend on, written to `out` where one is named."""
    from contextlib import ExitStack, closing

    from evals import about
    from evals.results import write
    from evals.running.manifest import manifest
    from evals.running.opening import patient
    from evals.running.part import Part
    from evals.running.run import jobs_for, run

    settings, started = patient(settings), time.perf_counter()
    with ExitStack() as stack:
        asked = stack.enter_context(closing(_asked(settings, rows, reader)))
        asker = asker_for(asked, question_set, rows)
        depends = manifest(settings, rows, asker, question_set.name, reader)
        part = stack.enter_context(Part(out, depends.fingerprint)) if out else None
        tell = stack.enter_context(progress(len(rows)))
        results = run(rows, asker, jobs or jobs_for(settings), tell, part)
        document = {**depends.document(), "seconds": round(time.perf_counter() - started, 1)}
        if out and part:
            write(out, results)
            about.write(out, document)
            part.done()  # only now: what cannot be written is not lost
    return results, document


def asker_for(asked: Asked, question_set: Path, rows: Sequence[Row]) -> Asker:
    """What asks the rows of a set; a warning names those whose gold is not in the store, or not as it was."""
    from evals import hashes
    from evals.gold import library
    from evals.running.asking import Asker

    with asked.searcher.catalogue.snapshot() as snapshot:
        shelf = library(snapshot)
    stale = hashes.stale(rows, hashes.changed(hashes.known(question_set), hashes.hashes(rows, shelf.texts)))
    _warn("the store lacks gold evidence", [row.id for row in rows if shelf.gold(row).lost])
    _warn("an article has changed since they were written, in the evidence", stale)
    return Asker(asked, shelf, frozenset(stale))


def _asked(settings: EvalSettings, rows: Sequence[Row], reader: Reader) -> Asked:
    from evals.running.opening import open_asked

    if reader is Reader.settings:
        return open_asked(settings)
    from evals.perfect_reader import perfect_reader

    return open_asked(settings, perfect_reader(rows))


def _warn(what: str, ids: Sequence[str]) -> None:
    if ids:
        more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
        named = f"{len(ids)} questions" if len(ids) > 1 else "1 question"
        told = f"accord: {what} of {named}: {', '.join(ids[:NAMED])}{more}. `accord eval check` says more."
        sys.stderr.write(printable(told) + "\n")


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; what it yields is told how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = TextColumn("answering"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("answering", total=total)
        yield lambda done: bar.update(task, completed=done)
