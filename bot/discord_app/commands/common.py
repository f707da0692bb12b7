"""What commands share: what days and outlets are, and completing what somebody types."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord import app_commands

from bot.discord_app.asking.gate import Asker, refusal_to_look
from bot.discord_app.showing.plain import inert_line
from corpus.errors import AccordError
from corpus.types import Filters

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk
    from corpus.catalogue.reader import Snapshot

Command = app_commands.Command[app_commands.Group, ..., None]
Menu = app_commands.ContextMenu
Choices = list[app_commands.Choice[str]]
Complete = Callable[[discord.Interaction, str], Coroutine[Any, Any, Choices]]
Value = TypeVar("Value")
MOST_CHOICES = 25
CHOICE = 100  # characters that Discord allows
NOT_A_DAY = "{name}: “{value}” is not a date. Write it as 2025-07-08."
NOTHING_BETWEEN = "since {since} is after as_of {as_of}: no article can be both. Change one of them."
NO_OUTLET = "I have no articles of “{name}”.{near} `/sources` lists what I have."


class Unusable(Exception):
    """What somebody typed cannot be used; the message says why, for that person."""


async def limits_of(desk: Desk, as_of: str | None, since: str | None, outlet: str | None) -> Filters:
    """The limits that somebody named. Raises Unusable."""
    filters = Filters(day_of(as_of, "as_of"), day_of(since, "since"), await _known_outlet(desk, outlet))
    if filters.as_of and filters.since and filters.since > filters.as_of:
        raise Unusable(NOTHING_BETWEEN.format(since=filters.since, as_of=filters.as_of))
    return filters


def day_of(value: str | None, name: str) -> str | None:
    """An ISO day, as it was typed or chosen. Raises Unusable."""
    if value is None:
        return None
    with suppress(ValueError):
        return date.fromisoformat(value.strip()).isoformat()
    raise Unusable(NOT_A_DAY.format(name=name, value=inert_line(value, 100)))


def day_choices(desk: Desk) -> Complete:
    """Completes a day with those on which articles were published."""

    async def complete(interaction: discord.Interaction, typed: str) -> Choices:
        found = await _offered(desk, interaction, lambda snapshot: snapshot.shelf.days(typed.strip(), MOST_CHOICES))
        return [
            app_commands.Choice(name=f"{day} ({count} article{'' if count == 1 else 's'})", value=day)
            for day, count in found
        ]

    return complete


def outlet_choices(desk: Desk) -> Complete:
    """Completes an outlet's name."""

    async def complete(interaction: discord.Interaction, typed: str) -> Choices:
        outlets = await _offered(desk, interaction, lambda snapshot: snapshot.outlets())
        found = [one for one in outlets if typed.strip().lower() in one.lower() and len(one) <= CHOICE]
        return [app_commands.Choice(name=one, value=one) for one in found[:MOST_CHOICES]]

    return complete


def article_choices(desk: Desk) -> Complete:
    """Completes an article's title; its value is the article's id."""

    async def complete(interaction: discord.Interaction, typed: str) -> Choices:
        found = await _offered(desk, interaction, lambda snapshot: snapshot.shelf.titled(typed.strip(), MOST_CHOICES))
        return [
            app_commands.Choice(name=_choice(f"{(one.published or 'no date')[:10]} {one.title}"), value=one.article_id)
            for one in found
        ]

    return complete


async def _offered(
    desk: Desk, interaction: discord.Interaction, what: Callable[[Snapshot], Sequence[Value]]
) -> Sequence[Value]:
    """What there is to choose from; nothing for who may not see it, and where the store cannot be read."""
    try:
        return (
            await desk.shelf.read(what)
            if not await refusal_to_look(desk, Asker.by(interaction, interaction.client))
            else ()
        )
    except AccordError:
        return ()


def _choice(text: str) -> str:
    return text if len(text) <= CHOICE else text[: CHOICE - 1].rstrip() + "…"


async def _known_outlet(desk: Desk, name: str | None) -> str | None:
    if name is None or not name.strip():
        return None
    outlets = await desk.shelf.read(lambda snapshot: snapshot.outlets())
    if not outlets:
        return name  # nothing is stored: the answer says so
    found = next((one for one in outlets if one.lower() == name.strip().lower()), None)
    if found is None:
        near = difflib.get_close_matches(name, outlets, n=1)
        hint = f" Did you mean “{inert_line(near[0], 100)}”?" if near else ""
        raise Unusable(NO_OUTLET.format(name=inert_line(name, 100), near=hint))
    return found
