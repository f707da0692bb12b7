"""`accord eval label`: judge a run's answers, one key each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, print_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.labelling.labels import Label, Verdict
    from evals.report.questions import Question
    from evals.results import Result


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval label`."""
    evaluation.command("label")(command)


def command(
    results: Annotated[Path, typer.Argument(metavar="RESULTS.jsonl", help="Results of a run.")],
    as_json: AsJson = False,
) -> None:
    """Judge a run's answers on a screen: r for right, p for partly, w for wrong; b and n go back and on, q ends.

    Each verdict is kept at once in RESULTS.labels.jsonl, and a later call goes on behind the last. With --json nothing
    is asked: the labels that there are are counted, and compared with the metrics.
    """
    from evals.labelling import labels
    from evals.labelling.agreement import agreement
    from evals.results import read

    found, beside = read(results), labels.path_of(results)
    if not as_json:
        _check_terminal()
        with labels.held(beside):
            _judge(found, labels.read(beside), beside)
    said = agreement(found, labels.of(found, labels.read(beside)))
    if as_json:
        print_json(said)
    else:
        _show(said, beside)


def _check_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("Labelling needs a terminal. With --json it counts the labels that there are.")


def _judge(found: Sequence[Result], known: dict[tuple[str, str], Label], beside: Path) -> None:
    from rich.console import Console

    from evals.labelling import labels, screen
    from evals.report.questions import question

    by_id: dict[str, Verdict] = labels.of(found, known)

    def tell(one: Question, verdict: Verdict) -> None:
        label = labels.label(one.result, verdict)
        known[label.id, label.answer] = label
        by_id[label.id] = verdict
        labels.write(beside, known)

    screen.judge([question(one, None) for one in found], Console(highlight=False, markup=False), by_id.get, tell)


def _show(said: Mapping[str, Any], beside: Path) -> None:
    counts = ", ".join(f"{said[name]} {name}" for name in ("right", "partly", "wrong"))
    typer.echo(f"{said['labelled']} of {said['questions']} labelled: {counts} ({beside})")
    for name, what in (("metrics", "the outcome by the metrics"), ("judge", "the chat model's verdict")):
        if one := said[name]:
            typer.echo(f"{what} is the same for {one['agree']} of {one['of']}{_sure(one)}")


def _sure(one: Mapping[str, Any]) -> str:
    kappa = "" if one["kappa"] is None else f", kappa {one['kappa']:.2f}"
    return f" ({one['low']:.3f} to {one['high']:.3f}){kappa}"
