"""`accord eval from-feedback`: answers that people found wanting, as candidates for a question set.

A candidate has what was asked and what was cited; what should have been said is for a person to fill in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.shell import DataDir, settings_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answering.types import Answer
    from corpus.catalogue.exchanges import Exchange
    from corpus.catalogue.feedback import Rating
    from corpus.catalogue.reader import Snapshot


MOST_TURNS = 6


def register(app: typer.Typer) -> None:
    """Mount the command."""
    app.command("from-feedback")(from_feedback)


def from_feedback(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="File to add the candidates to.")],
    data_dir: DataDir = None,
) -> None:
    """Write the questions whose answers got a thumb down in Discord as candidates for a question set.

    What the file holds already stays as it is, so that candidates can be worked on there.
    """
    from corpus.store import catalogue_at
    from evals.candidates import add

    settings = settings_of(context, EvalSettings, data_dir)
    with catalogue_at(settings.data_dir).snapshot() as snapshot:
        found = list(_candidates(snapshot))
    new = add(out, found)
    typer.echo(f"{new} new, {len(found) - new} there already: {out}")


def _candidates(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """One row for each answer, with what the first person said who found it wanting."""
    from bot.answering.keeping import answer_of

    told: dict[str, Rating] = {}
    for rating in snapshot.feedback.unhelpful():
        told.setdefault(rating.exchange_id, rating)
    for id_, rating in told.items():
        exchange = snapshot.exchanges.get(id_)
        if exchange is not None and exchange.answer is not None:
            history = [_turn(one) for one in snapshot.exchanges.before(exchange, MOST_TURNS)]
            yield _row(id_, exchange.question, history, answer_of(exchange.answer), rating)


def _turn(exchange: Exchange) -> dict[str, str]:
    from bot.answering.keeping import answer_of

    return {"question": exchange.question, "answer": answer_of(exchange.answer).text if exchange.answer else ""}


def _row(id_: str, question: str, history: list[dict[str, str]], answer: Answer, rating: Rating) -> dict[str, Any]:
    quotes = [{"url": one.passage.url, "quote": one.quote} for one in answer.citations]
    return {
        "id": f"feedback-{id_}",
        "question": question,
        "type": "feedback",
        "history": history,
        "as_of": answer.ask.filters.as_of,
        "answerable": bool(quotes),
        "answer": "",
        "must_include": [],
        "evidence": [quotes] if quotes else [],
        "candidate": {
            "reason": rating.reason,
            "comment": rating.comment,
            "at": rating.at,
            "answered": answer.text,
            "status": answer.status,
        },
    }
