"""`accord eval draft`: questions that an article answers, proposed for a person to edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import DataDir, checked_text, print_json_line, printable, settings_of
from evals.settings import EvalSettings


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval draft`."""
    evaluation.command("draft")(command)


def command(
    context: typer.Context,
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="A stored article's address, id or file name; or a file, or a URL.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="OUT.jsonl", help="Add the rows to this file instead of printing them."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Propose questions that an article answers, as rows of a set to edit.

    The chat model of the settings writes them; without one they are made from the title, headings, figures and days.
    Every quote is the article's, to the letter.
    """
    from datetime import UTC, datetime

    from evals import candidates
    from evals.drafting import model, plain
    from evals.drafting.source import article_named, sentences_of

    settings = settings_of(context, EvalSettings, data_dir)
    found = article_named(checked_text(article, "The name"), settings, datetime.now(UTC))
    sentences = sentences_of(found)
    if not sentences:
        raise UsageError(f"{printable(article)}: it has no sentence that could be quoted.")
    proposed = model.proposals(settings, sentences) or plain.proposals(found, sentences)
    rows = list({row["id"]: row for row in (one.row(found) for one in proposed)}.values())
    if out is None:
        for row in rows:
            print_json_line(row)
        return
    new = candidates.add(out, rows)
    typer.echo(f"{new} new, {len(rows) - new} there already: {out}. Edit them, then `accord eval check {out}`.")
