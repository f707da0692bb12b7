"""The message menu "Check against sources"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import TextDisplay, app_commands

from bot.answering.fact_check import MOST_CLAIMS, claims_of
from bot.discord_app.asking.gate import may_ask
from bot.discord_app.failures import explain
from bot.discord_app.showing.checked import checked_messages
from bot.discord_app.showing.message import Message
from bot.discord_app.showing.screen import interaction_screen
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Menu
    from bot.discord_app.desk import Desk

NAME = "Check against sources"
MOST_TEXT = 4_000
NOTHING_STATED = "That message states nothing that could be looked up in articles."


def check_menu(desk: Desk) -> Menu:
    """Checks a message's statements; only who asks for it sees what comes of it."""

    @app_commands.context_menu(name=NAME)
    async def check(interaction: discord.Interaction, message: discord.Message) -> None:
        if not await may_ask(desk, interaction):
            return
        claims = claims_of(_text(message))
        if not claims:
            await whisper(interaction, NOTHING_STATED)
            return
        await interaction.response.defer(thinking=True, ephemeral=True)
        screen = interaction_screen(interaction, private=True)
        try:
            checked = await desk.aside(partial(desk.library.check, claims[:MOST_CLAIMS]))
        except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
            await screen.show([Message(explain(error))])
            return
        await screen.show(checked_messages(checked, left_out=len(claims) - len(checked)))

    return check


def _text(message: discord.Message) -> str:
    """What a message says: its text, its embeds, and what is drawn with components, as our own answers are."""
    parts = [message.content, *(embed.description or "" for embed in message.embeds)]
    for one in message.components:
        parts += [part.content for part in (one, *getattr(one, "children", ())) if isinstance(part, TextDisplay)]
    return "\n".join(filter(None, parts))[:MOST_TEXT]
