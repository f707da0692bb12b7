"""Who did what, on stderr and in the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from corpus.catalogue.servers import AdminAction

if TYPE_CHECKING:
    import discord

    from bot.discord_app.desk import Desk

log = structlog.get_logger(__name__)


async def note(desk: Desk, interaction: discord.Interaction, action: str, detail: str) -> None:
    """Log what somebody is about to do. Raises StoreError: what cannot be kept is not done."""
    guild_id, user = interaction.guild_id or 0, interaction.user
    log.warning("admin_action", action=action, detail=detail, guild=guild_id, user=user.id)
    done = AdminAction(desk.now().isoformat(timespec="seconds"), guild_id, user.id, action, detail)
    await desk.records.write(lambda transaction: transaction.servers.note(done))
