"""`accord eval run`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import AccordError, UsageError
from corpus.shell import AsJson, DataDir, print_json, printable, settings_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.results import Result
    from evals.running.asking import Asker
    from evals.running.opening import Asked
    from evals.sets import Row


NAMED = 5  # questions that a warning names


class Reader(StrEnum):
    """Who writes the answers of a run."""

    settings = "settings"
    perfect = "perfect"


Articles = Annotated[
    Path | None,
    typer.Option("--articles", metavar="SOURCE", help="Build a store from these articles in a temporary folder."),
]
QuestionSet = Annotated[Path, typer.Argument(metavar="SET.jsonl", help="The questions, one JSON object a line.")]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="RESULTS.jsonl", help="Earlier results that a --report compares with."),
]


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval run`."""
    evaluation.command("run")(command)


def command(
    context: typer.Context,
    question_set: QuestionSet,
    articles: Articles = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="RESULTS.jsonl",
            help="Write each question's answer and scores here. A run that was broken off goes on where it was.",
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="REPORT.html", help="Write a page with all of it here.")
    ] = None,
    baseline: Baseline = None,
    reader: Annotated[
        Reader, typer.Option("--reader", help="Who writes the answers: as set up, or one that knows the gold answers.")
    ] = Reader.settings,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            max=64,
            help="Questions asked at a time [default: 4 with a chat model, else 1: the built-in models use all cores].",
        ),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a set's questions and score them: evidence found and cited, quotes, must-includes, refusals.

    What each figure counts, and how a set is written, is in docs/evals.md. Beside RESULTS.jsonl lies RESULTS.run.json:
    settings, models, articles, code and machine.
    """
    from evals.report.page import write_page
    from evals.sets import load

    rows = load(question_set)
    _check_paths(question_set, out, report, baseline)
    before = _baseline(baseline, rows) if baseline else []
    settings = settings_of(context, EvalSettings, data_dir)
    try:
        with store_of(settings, articles) as ready:
            results, about = answered(ready, question_set, rows, reader, jobs, out)
    except KeyboardInterrupt:
        kept = "the same command goes on from there" if out else "nothing was kept; with --out a run can go on"
        raise AccordError(f"Stopped: {kept}.") from None
    if report:
        write_page(report, results, about, before)
    _show(results, settings, as_json=as_json)
    if not as_json:
        for what, path in {"results": out, "report": report}.items():
            if path:
                typer.echo(f"{what}: {path}")


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

    from evals.results import write
    from evals.running.manifest import manifest, path_beside
    from evals.running.manifest import write as write_manifest
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
        about = {**depends.document(), "seconds": round(time.perf_counter() - started, 1)}
        if out and part:
            write(out, results)
            write_manifest(path_beside(out), about)
            part.done()  # only now: what cannot be written is not lost
    return results, about


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


def _check_paths(question_set: Path, out: Path | None, report: Path | None, baseline: Path | None) -> None:
    """Said before minutes of answering, not after."""
    from evals import hashes
    from evals.files import check_apart, check_writable
    from evals.results import check_replaceable
    from evals.running.manifest import path_beside

    read = {"the set": question_set, "its hashes": hashes.path_of(question_set), "the baseline": baseline}
    manifest = path_beside(out) if out else None
    check_apart(read, {"the results": out, "what they depend on": manifest, "the report": report})
    if out:
        check_replaceable(out)
    if report:
        check_writable(report)
    if baseline and not report:
        raise UsageError("--baseline: only a report compares. Name one with --report, or use `accord eval compare`.")


def _baseline(path: Path, rows: Sequence[Row]) -> list[Result]:
    from evals.results import read

    before = read(path)
    if not {result.id for result in before} & {row.id for row in rows}:
        raise UsageError(f"--baseline {path}: none of its questions is in the set. Name results of this set.")
    return before


def _show(results: Sequence[Result], settings: EvalSettings, *, as_json: bool) -> None:
    from evals.summary import document
    from evals.table import show

    if as_json:
        print_json(document(results, settings.eval))
    else:
        show(results, settings.eval)
