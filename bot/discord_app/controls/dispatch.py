"""From a control's id to what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.discord_app.controls import answers, browsing, rating, server_panel
from bot.discord_app.controls.views import custom_id_of, read_control
from bot.discord_app.failures import NOT_REACHED, explain, log_failure
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.discord_app.desk import Desk

    Handler = Callable[[Desk, discord.Interaction, list[str]], Awaitable[None]]

HANDLERS: dict[str, Handler] = {
    "passages": answers.show_passages,
    "page": answers.turn_page,
    "sources": answers.show_sources,
    "share": answers.share,
    "again": answers.ask_again,
    "up": rating.found_helpful,
    "down": rating.ask_why,
    "why": rating.say_why,
    "list": browsing.turn_list,
    "article": browsing.turn_article,
    "set": server_panel.change,
}


async def use_control(desk: Desk, interaction: discord.Interaction) -> None:
    """Do what a button, a menu or a form of ours stands for; others are left alone."""
    if interaction.type not in {discord.InteractionType.component, discord.InteractionType.modal_submit}:
        return
    found = read_control(custom_id_of(interaction))
    if found is None or found[0] not in HANDLERS:
        return
    name, arguments = found
    try:
        await HANDLERS[name](desk, interaction, arguments)
    except NOT_REACHED as error:
        log_failure("control_failed", error, control=name)
    except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
        await whisper(interaction, explain(error))
