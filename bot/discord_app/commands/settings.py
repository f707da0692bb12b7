"""`/settings` and `/digest`: what is set for one server, by those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands

from bot.discord_app.admin_log import note
from bot.discord_app.asking.gate import NOT_ADMIN, ONLY_IN_SERVERS
from bot.discord_app.controls.server_panel import show_panel
from bot.discord_app.showing.whisper import whisper
from corpus.catalogue.servers import DigestOrder

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk

Every = Literal["never", "day", "week"]
NO_DIGEST = "{channel} gets no digest."
DIGEST = "{channel} gets a digest of newly stored articles {when}, at eight in the morning UTC, when there are any."
WHEN = {"day": "every day", "week": "every Monday"}
CANNOT_WRITE = (
    "I may not write in {channel}, or not with embeds. Give me View Channel, Send Messages and Embed Links there."
)


def settings_command(desk: Desk) -> Command:
    """Where the bot answers, whom, where it opens threads, and who may do more."""

    @app_commands.command(name="settings", description="Where I answer, whom, where I open threads, who may ingest.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(interaction: discord.Interaction) -> None:
        if await manages(interaction):
            await note(desk, interaction, "settings", "")
            await show_panel(desk, interaction)

    return settings


def digest_command(desk: Desk) -> Command:
    """A digest of new articles for a channel, or none."""

    @app_commands.command(name="digest", description="Tell a channel of newly stored articles, every day or week.")
    @app_commands.describe(channel="The channel.", every="How often.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def digest(interaction: discord.Interaction, channel: discord.TextChannel, every: Every) -> None:
        if not await manages(interaction):
            return
        await note(desk, interaction, "digest", f"{channel.id} {every}")
        if every == "never":
            await desk.records.write(lambda transaction: transaction.servers.end_digest(channel.id))
            await whisper(interaction, NO_DIGEST.format(channel=channel.mention))
            return
        may = channel.permissions_for(channel.guild.me)
        if not (may.view_channel and may.send_messages and may.embed_links):
            await whisper(interaction, CANNOT_WRITE.format(channel=channel.mention))
            return
        last = await desk.shelf.read(lambda snapshot: snapshot.shelf.last_version())
        order = DigestOrder(channel.id, channel.guild.id, every, desk.now().isoformat(), last)
        await desk.records.write(lambda transaction: transaction.servers.order_digest(order))
        await whisper(interaction, DIGEST.format(channel=channel.mention, when=WHEN[every]))

    return digest


async def manages(interaction: discord.Interaction) -> bool:
    """Whether somebody manages the server; if not, they are told. Discord's own limit can be set aside there."""
    if not isinstance(interaction.user, discord.Member):
        await whisper(interaction, ONLY_IN_SERVERS)
        return False
    if not interaction.user.guild_permissions.manage_guild:
        await whisper(interaction, NOT_ADMIN)
        return False
    return True
