"""Whether somebody may do what they are about to; if not, they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.discord_app.asking import permission
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_app.desk import Desk

NOT_ADMIN = "That is for people who manage this server, or have a role that `/settings` names for it."
ONLY_IN_SERVERS = "That can only be used in a server."


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody, where they are."""

    user: discord.User | discord.Member
    guild: discord.Guild | None
    channel: object
    channel_id: int
    guilds: Sequence[discord.Guild]  # that the bot is in

    @classmethod
    def by(cls, source: discord.Message | discord.Interaction, client: discord.Client) -> Asker:
        """Who wrote a message, or used a command or a button."""
        user = source.author if isinstance(source, discord.Message) else source.user
        channel_id = source.channel.id if source.channel else user.id
        return cls(user, source.guild, source.channel, channel_id, client.guilds)


async def refusal_to_look(desk: Desk, asker: Asker) -> str | None:
    """Why somebody may not see what the articles say, here; None when they may. Raises StoreError."""
    if asker.guild is None:
        return await permission.direct_refusal(asker.guilds, desk.records, asker.user.id)
    return permission.refusal(await desk.records.server(asker.guild.id), asker.channel, asker.user)


async def refusal_to_ask(desk: Desk, asker: Asker) -> str | None:
    """Why somebody may not ask here and now; None when they may, which is then counted. Raises StoreError."""
    refusal = await refusal_to_look(desk, asker)
    return refusal or desk.limits.refusal(asker.user.id, asker.channel_id, desk.now().timestamp())


async def may_look(desk: Desk, interaction: discord.Interaction) -> bool:
    """Whether somebody may see what the articles say, here; if not, they are told. Raises StoreError."""
    return await _told(interaction, await refusal_to_look(desk, Asker.by(interaction, interaction.client)))


async def may_ask(desk: Desk, interaction: discord.Interaction) -> bool:
    """Whether somebody may ask here and now, which is then counted; if not, they are told. Raises StoreError."""
    return await _told(interaction, await refusal_to_ask(desk, Asker.by(interaction, interaction.client)))


async def may_manage(desk: Desk, interaction: discord.Interaction) -> bool:
    """Whether somebody may use what is for admins; if not, they are told."""
    if interaction.guild_id is None:
        await whisper(interaction, ONLY_IN_SERVERS)
        return False
    if not permission.is_admin(await desk.records.server(interaction.guild_id), interaction.user):
        await whisper(interaction, NOT_ADMIN)
        return False
    return True


async def _told(interaction: discord.Interaction, refusal: str | None) -> bool:
    if refusal:
        await whisper(interaction, refusal)
    return refusal is None
