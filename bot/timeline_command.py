"""`accord timeline` and `accord changes`: what the articles say of a topic, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import BotSettings
from corpus.errors import UsageError
from corpus.shell import (
    AsJson,
    DataDir,
    Outlet,
    Since,
    checked_day,
    checked_filters,
    checked_question,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from bot.answering.timeline import Entry
    from corpus.types import Filters

Topic = Annotated[str, typer.Argument(metavar="TOPIC", help="What the articles are to be about, in your own words.")]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Only articles published on or before DATE (2025-07-08)."),
]
NOTHING = "No stored article tells of that within these limits. `accord articles` lists what is stored."


def register(app: typer.Typer) -> None:
    """Mount both commands."""
    app.command("timeline")(timeline)
    app.command("changes")(changes)


def timeline(
    context: typer.Context,
    topic: Topic,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """What the articles say of a topic, oldest first: dated sentences, each with its source."""
    filters = _limits(since, until, outlet)
    settings = settings_of(context, BotSettings, data_dir)
    _run(settings, checked_question(topic), filters, changes=False, as_json=as_json)


def changes(
    context: typer.Context,
    topic: Topic,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="The day from which on (2025-07-08).")],
    outlet: Outlet = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """What has changed in a topic since a day: the sentences that tell of it, each with its date and source."""
    filters = _limits(since, None, outlet)
    settings = settings_of(context, BotSettings, data_dir)
    _run(settings, checked_question(topic), filters, changes=True, as_json=as_json)


def _limits(since: str | None, until: str | None, outlet: str | None) -> Filters:
    last, first = checked_day(until, "--until"), checked_day(since, "--since")
    if first and last and first > last:
        raise UsageError(f"--since {first} is after --until {last}: no article can be both. Change one of them.")
    return checked_filters(last, first, outlet)


def _run(settings: BotSettings, topic: str, filters: Filters, *, changes: bool, as_json: bool) -> None:
    from bot.answering.timeline import timeline as entries_of
    from corpus.opening import open_searcher

    searcher = open_searcher(settings)
    try:
        entries = entries_of(topic, filters, searcher, settings.answer.off_topic_floor, changes=changes)
    finally:
        searcher.close()
    if as_json:
        _print(topic, filters, entries)
    else:
        _show(entries)


def _print(topic: str, filters: Filters, entries: list[Entry]) -> None:
    from bot.answering.document import citation_document

    rows = [
        {"date": one.day, "text": one.sentence.text, "citation": citation_document(one.citation)} for one in entries
    ]
    print_json({"topic": topic, "since": filters.since, "until": filters.as_of, "entries": rows})


def _show(entries: list[Entry]) -> None:
    from rich.console import Console

    from bot.terminal import show_timeline

    console = Console(highlight=False)
    if not entries:
        console.print(NOTHING)
        return
    show_timeline(entries, console)
