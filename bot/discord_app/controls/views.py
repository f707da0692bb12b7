"""The buttons below messages. A button's id says all that it needs: `accord:passages:<exchange>`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import ButtonStyle, ui

from bot.discord_app.showing.message import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "accord"
CONTROL = re.compile(rf"{PREFIX}:([a-z_]+)(?::([\w.:-]*))?")
THUMBS_UP, THUMBS_DOWN = "👍", "👎"


def control_id(name: str, *arguments: object) -> str:
    """The id of a control, with what it is about."""
    return ":".join([PREFIX, name, *map(str, arguments)])


def read_control(custom_id: str) -> tuple[str, list[str]] | None:
    """A control's name and what it is about; None when it is none of ours."""
    found = CONTROL.fullmatch(custom_id)
    return found and (found[1], found[2].split(":") if found[2] else [])


def answer_buttons(exchange_id: str, *, cited: bool, private: bool) -> list[Item]:
    """Below an answer; what shows passages only where there are any."""
    passages = [_button("Passages", "passages", exchange_id, style=ButtonStyle.primary)] if cited else []
    sources = [_button("Sources", "sources", exchange_id)] if cited else []
    rating = [
        _button(None, "up", exchange_id, emoji=THUMBS_UP),
        _button(None, "down", exchange_id, emoji=THUMBS_DOWN),
    ]
    share = [_button("Share", "share", exchange_id)] if private else []
    return [*passages, *sources, *rating, *share]


def failed_buttons(exchange_id: str) -> list[Item]:
    """Below what says that there is no answer."""
    return [_button("Ask again", "again", exchange_id, style=ButtonStyle.primary)]


def pager_rows(name: str, subject: Sequence[object], page: int, pages: int) -> list[list[Item]]:
    """Back and forth, where there is more than one page."""
    back = _button("Back", name, *subject, page - 1, disabled=page <= 0)
    forth = _button("Next", name, *subject, page + 1, disabled=page >= pages - 1)
    return [[back, forth]] if pages > 1 else []


def _button(
    label: str | None,
    name: str,
    *arguments: object,
    style: ButtonStyle = ButtonStyle.secondary,
    emoji: str | None = None,
    disabled: bool = False,
) -> ui.Button[Any]:
    custom_id = control_id(name, *arguments)
    return ui.Button(label=label, custom_id=custom_id, style=style, emoji=emoji, disabled=disabled)


def custom_id_of(interaction: discord.Interaction) -> str:
    """The id of the control or the form that somebody used, or an empty text."""
    data: Any = interaction.data or {}
    return str(data.get("custom_id", ""))
