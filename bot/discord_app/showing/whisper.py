"""What only the person who clicked or typed sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.discord_app.failures import NOT_REACHED, log_failure
from bot.discord_app.showing.message import Card, Item, Message, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence


async def whisper(interaction: discord.Interaction, what: str | Card, rows: Sequence[Sequence[Item]] = ()) -> bool:
    """Say something to one person, whether or not the interaction was answered before; whether it arrived."""
    message = Message(what) if isinstance(what, str) else Message(card=what)
    layout = drawn(message, *rows)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(ephemeral=True, view=layout)
        else:
            await interaction.response.send_message(ephemeral=True, view=layout)
    except NOT_REACHED as error:
        log_failure("not_whispered", error)
        return False
    return True


async def turn(interaction: discord.Interaction, card: Card, rows: Sequence[Sequence[Item]]) -> None:
    """Another page in place of the one that somebody clicked on; anew for a command."""
    if interaction.type is discord.InteractionType.component:
        await interaction.response.edit_message(view=drawn(Message(card=card), *rows))
    else:
        await whisper(interaction, card, rows)
