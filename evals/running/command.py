"""`accord eval run`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import AccordError, UsageError
from corpus.shell import AsJson, DataDir, print_json, settings_of
from evals.running.session import Reader, answered, store_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.results import Result
    from evals.sets import Row


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
    _check_paths(question_set, articles, out, report, baseline)
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


def _check_paths(
    question_set: Path, articles: Path | None, out: Path | None, report: Path | None, baseline: Path | None
) -> None:
    """Said before minutes of answering, not after."""
    from evals import hashes
    from evals.about import path_beside
    from evals.files import check_apart, check_ends, check_writable
    from evals.results import check_replaceable

    read = {"the set": question_set, "its hashes": hashes.path_of(question_set), "the baseline": baseline}
    about = path_beside(out) if out else None
    check_apart(
        {**read, "the articles": articles}, {"the results": out, "what is known of them": about, "the report": report}
    )
    if out and about:
        check_replaceable(out)
        check_writable(about)
    if report:
        check_ends(report, ".html")
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
