"""`accord ask` and `accord bot`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import timeline_command
from bot.settings import BotSettings
from corpus.errors import UsageError
from corpus.shell import (
    AsJson,
    AsOf,
    DataDir,
    Outlet,
    Question,
    Since,
    checked_filters,
    checked_question,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from bot.answering.types import Ask, Turn

NOT_CONNECTED = (
    "ACCORD_DISCORD_TOKEN is not set. Make a bot at https://discord.com/developers/applications, copy its token "
    "from the Bot page, and set the variable to it (docs/discord-setup.md leads through it)."
)


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    app.command("ask")(ask)
    timeline_command.register(app)
    app.command("bot")(bot)


def ask(
    context: typer.Context,
    question: Question,
    as_of: AsOf = None,
    since: Since = None,
    outlet: Outlet = None,
    history: Annotated[
        Path | None,
        typer.Option("--history", metavar="FILE", help='Earlier turns, a JSON list of {"question", "answer"}.'),
    ] = None,
    k: Annotated[
        int | None,
        typer.Option("--k", min=1, max=100, metavar="N", help="Passages the answer may draw on [default: 10]."),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a question from the stored articles, each sentence with the passage it comes from."""
    from bot.answering.types import Ask

    text = checked_question(question)
    filters = checked_filters(as_of, since, outlet)
    turns = _history(history) if history else ()
    settings = settings_of(context, BotSettings, data_dir)
    if k is not None:
        settings = settings.model_copy(update={"retrieval": settings.retrieval.model_copy(update={"top_k": k})})
    _answer(settings, Ask(text, turns, filters), as_json=as_json)


def bot(context: typer.Context, data_dir: DataDir = None) -> None:
    """Answer questions in Discord until stopped. Needs ACCORD_DISCORD_TOKEN."""
    settings = settings_of(context, BotSettings, data_dir)
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        raise UsageError(NOT_CONNECTED)
    from bot.discord_app.run import run

    run(settings)


def _answer(settings: BotSettings, ask: Ask, *, as_json: bool) -> None:
    from rich.console import Console

    from bot.answering.document import document
    from bot.opening import open_answerer
    from bot.terminal import show, watching

    console = Console(highlight=False)
    answerer = open_answerer(settings)
    try:
        with watching(console, wanted=bool(settings.chat_model) and not as_json) as watch:
            answer = answerer.answer(ask, watch)
    finally:
        answerer.close()
    if as_json:
        print_json(document(answer))
    else:
        show(answer, console)


def _history(path: Path) -> tuple[Turn, ...]:
    from pydantic import TypeAdapter, ValidationError

    from bot.answering.types import Turn

    try:
        return tuple(TypeAdapter(list[Turn]).validate_json(path.read_bytes()))
    except OSError as error:
        raise UsageError(f"--history {path}: it cannot be read ({error.strerror}).") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = "".join(f"{part}: " for part in first["loc"])
        wanted = 'Write a JSON list of {"question", "answer"}.'
        raise UsageError(f"--history {path}: {where}{first['msg']}. {wanted}") from None
