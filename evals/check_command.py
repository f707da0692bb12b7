"""`accord eval check`: whether a question set is right, and still about the articles that it was written for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, DataDir, print_json, printable, settings_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from evals.checking import Checked
    from evals.spans import Texts


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval check`."""
    evaluation.command("check")(command)


def command(
    context: typer.Context,
    question_set: Annotated[Path, typer.Argument(metavar="SET.jsonl", help="The questions, one JSON object a line.")],
    articles: Annotated[
        Path | None,
        typer.Option("--articles", metavar="SOURCE", help="Look quotes up in these articles, not in the store."),
    ] = None,
    update: Annotated[
        bool,
        typer.Option("--update", help="The set is right for the articles as they are: note their hashes beside it."),
    ] = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Check a question set: each line's form, each quote to the letter, and whether its articles have changed."""
    from evals import hashes
    from evals.checking import check

    texts = _texts(settings_of(context, EvalSettings, data_dir), articles)
    # An update writes what is known anew, so what is there need not be right.
    found = check(question_set, texts, {} if update else hashes.known(question_set))
    if update:
        if found.faults:
            _show(question_set, found, looked_up=texts is not None, as_json=as_json)
            raise UsageError(f"{question_set}: not updated; mend these {len(found.faults)} first.")
        if texts is None:
            raise UsageError("--update: no article to take hashes of. Name them with --articles, or ingest them.")
        hashes.write(question_set, hashes.hashes(found.rows.values(), texts))
        found.stale.clear()
    _show(question_set, found, looked_up=texts is not None, as_json=as_json)
    if found.faults or found.stale:
        raise typer.Exit(1)


def _texts(settings: EvalSettings, articles: Path | None) -> Texts | None:
    """The articles named, or else those of the store; None when there is neither."""
    from datetime import UTC, datetime

    from corpus.errors import StoreMissing
    from corpus.store import catalogue_at
    from evals.articles import articles_of
    from evals.gold import texts_of
    from evals.spans import Texts

    if articles is not None:
        return Texts({one.url: one.text for one in articles_of(str(articles), settings, datetime.now(UTC))})
    try:
        with catalogue_at(settings.data_dir).snapshot() as snapshot:
            return texts_of(snapshot)
    except StoreMissing:
        return None


def _show(path: Path, found: Checked, *, looked_up: bool, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        faults = [asdict(fault) for fault in found.faults]
        print_json(
            {"questions": len(found.rows), "faults": faults, "stale": found.stale, "quotes_looked_up": looked_up}
        )
        return
    for fault in found.faults:
        typer.echo(printable(f"{path}:{fault.line}: {fault.id + ': ' if fault.id else ''}{fault.message}"))
    for id_, urls in found.stale.items():
        stale = f"{path}: {id_}: stale: {', '.join(urls)} has changed. Read it, mend the question, then --update."
        typer.echo(printable(stale))
    typer.echo(_in_short(found, looked_up=looked_up))


def _in_short(found: Checked, *, looked_up: bool) -> str:
    counts = f"{_many(len(found.rows), 'question')}, {_many(len(found.faults), 'fault')}, {len(found.stale)} stale"
    if looked_up:
        return counts
    return f"{counts}; quotes were not looked up: there is no store, and no --articles"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
