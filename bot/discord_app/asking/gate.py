"""Whether somebody may do what they are about to; if not, they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.asking import permission
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    import discord

    from bot.discord_app.desk import Desk

NOT_ADMIN = "That is for people who manage this server, or have a role that `/settings` names for it."
ONLY_IN_SERVERS = "That can only be used in a server."


async def may_ask(desk: Desk, interaction: discord.Interaction) -> bool:
    """Whether somebody may ask here and now; if not, they are told."""
    records, user = desk.records, interaction.user
    if interaction.guild is None:
        refusal = await permission.direct_refusal(interaction.client.guilds, records, user.id)
    else:
        refusal = permission.refusal(records.server(interaction.guild_id), interaction.channel, user)
    channel_id = interaction.channel_id or user.id
    refusal = refusal or desk.limits.refusal(user.id, channel_id, desk.now().timestamp())
    if refusal:
        await whisper(interaction, refusal)
    return refusal is None


async def may_manage(desk: Desk, interaction: discord.Interaction) -> bool:
    """Whether somebody may use what is for admins; if not, they are told."""
    if interaction.guild_id is None:
        await whisper(interaction, ONLY_IN_SERVERS)
        return False
    if not permission.is_admin(desk.records.server(interaction.guild_id), interaction.user):
        await whisper(interaction, NOT_ADMIN)
        return False
    return True
