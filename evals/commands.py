"""`accord eval`: `run` here, the others beside it."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import BotSettings
from corpus.errors import UsageError
from corpus.shell import AsJson, DataDir, print_json, settings_of
from evals import chunking, extraction, from_feedback, stories
from evals.claims import command as claims
from evals.ranking import command as ranking
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.chain import Answerer
    from evals.runner import Result
    from evals.sets import Row


class Reader(StrEnum):
    """Who writes the answers of a run."""

    settings = "settings"
    perfect = "perfect"


evaluation = typer.Typer(no_args_is_help=True, help="Measure answers against a set of questions with known evidence.")


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    for part in (extraction, chunking, stories, ranking, claims, from_feedback):
        part.register(evaluation)
    app.add_typer(evaluation, name="eval")


@evaluation.command("run")
def run(
    context: typer.Context,
    question_set: Annotated[Path, typer.Argument(metavar="SET.jsonl", help="The questions, one JSON object a line.")],
    articles: Annotated[
        Path | None,
        typer.Option("--articles", metavar="SOURCE", help="Build a store from these articles in a temporary folder."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="RESULTS.jsonl", help="Write each question's answer and scores here."),
    ] = None,
    reader: Annotated[
        Reader, typer.Option("--reader", help="Who writes the answers: as set up, or one that knows the gold answers.")
    ] = Reader.settings,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a set's questions and score them: evidence found and cited, quotes, must-includes, refusals."""
    from evals.sets import load

    rows = load(question_set)
    settings = settings_of(context, EvalSettings, data_dir)
    with _store(settings, articles) as ready:
        results = _answered(ready, rows, reader)
    if out:
        _write(out, results)
    _report(results, as_json=as_json)


@contextmanager
def _store(settings: EvalSettings, articles: Path | None) -> Iterator[EvalSettings]:
    if articles is None:
        yield settings
        return
    from ingest.commands import ingest_into

    with tempfile.TemporaryDirectory(prefix="accord-eval-") as folder:
        elsewhere = settings.model_copy(update={"data_dir": Path(folder)})
        report = ingest_into(elsewhere, [str(articles)], show_progress=sys.stderr.isatty())
        bad = next((item for item in report.items if item.outcome == "failed"), None)
        if bad:
            raise UsageError(f"--articles: {bad.source}: {bad.reason}")
        yield elsewhere


def _answered(settings: BotSettings, rows: Sequence[Row], reader: Reader) -> list[Result]:
    from rich.console import Console
    from rich.progress import track

    from corpus.opening import open_searcher
    from corpus.search import Parts
    from evals.runner import missing_gold, run

    # Passages as they are stored: in a search for 50 the fourth may be joined with the fortieth.
    answerer, searcher = _answerer(settings, rows, reader), open_searcher(settings, Parts(merge=False))
    lost = missing_gold(rows, searcher)
    if lost:
        sys.stderr.write(f"accord: the store lacks gold evidence of {len(lost)} questions: {', '.join(lost[:5])}\n")
    console = Console(stderr=True)
    try:
        results = run(rows, answerer, searcher)
        shown = track(results, "answering", len(rows), console=console, transient=True, disable=not console.is_terminal)
        return list(shown)
    finally:
        answerer.close()
        searcher.close()


def _answerer(settings: BotSettings, rows: Sequence[Row], reader: Reader) -> Answerer:
    from bot.answering.chain import Answerer
    from bot.opening import open_answerer
    from corpus.opening import open_searcher

    if reader is Reader.settings:
        return open_answerer(settings)
    from evals.perfect_reader import perfect_reader

    return Answerer(open_searcher(settings), settings.answer, perfect_reader(rows))


def _write(path: Path, results: Sequence[Result]) -> None:
    lines = [json.dumps(result.document(), ensure_ascii=False) + "\n" for result in results]
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise UsageError(f"--out {path}: it cannot be written ({error.strerror}).") from None


def _report(results: Sequence[Result], *, as_json: bool) -> None:
    from evals.report import show
    from evals.summary import document, summarised, warm_times

    summary = summarised((result.row.type, result.scores) for result in results)
    times = warm_times([result.answer.timings_ms["total"] for result in results])
    if as_json:
        print_json({"questions": len(results), "metrics": document(summary), "timings_ms": times})
    else:
        show(summary, len(results), times)
