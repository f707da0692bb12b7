"""What only the person who clicked or typed sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.discord_app.failures import log_failure

if TYPE_CHECKING:
    from collections.abc import Sequence


async def whisper(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
) -> bool:
    """Say something to one person, whether or not the interaction was answered before; whether it arrived."""
    values: dict[str, Any] = {"content": content, "embeds": list(embeds), "view": view}
    sent = {key: value for key, value in values.items() if value}
    try:
        if interaction.response.is_done():
            await interaction.followup.send(ephemeral=True, **sent)
        else:
            await interaction.response.send_message(ephemeral=True, **sent)
    except (discord.HTTPException, OSError) as error:
        log_failure("not_whispered", error)
        return False
    return True
