"""`/ingest`, `/status` and `/runs`: for people who manage the server or have a role that was named for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord_app.admin_log import note
from bot.discord_app.asking.gate import may_manage
from bot.discord_app.ingesting import without_query
from bot.discord_app.showing.lists import runs_card
from bot.discord_app.showing.message import Message
from bot.discord_app.showing.plain import inert_line
from bot.discord_app.showing.screen import interaction_screen
from bot.discord_app.showing.status import status_card
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk

ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
NOT_AN_ADDRESS = "“{value}” is not the address of a web page, a feed or a sitemap. It begins with https:// or http://."
READING = "Reading {address} …"
LATEST = 10


def ingest_command(desk: Desk) -> Command:
    """Reads a page, a feed or a sitemap into the store."""

    @app_commands.command(name="ingest", description="Read a web page, a feed or a sitemap into the store.")
    @app_commands.describe(url="Its address.")
    @app_commands.guild_only()
    async def ingest_(interaction: discord.Interaction, url: app_commands.Range[str, 1, 2_000]) -> None:
        if not await may_manage(desk, interaction):
            return
        address = url.strip()
        if not ADDRESS.fullmatch(address):
            await whisper(interaction, NOT_AN_ADDRESS.format(value=inert_line(address, 200)))
            return
        await note(desk, interaction, "ingest", without_query(address))
        await interaction.response.defer(thinking=True, ephemeral=True)
        screen = interaction_screen(interaction, private=True)
        await screen.progress(Message(READING.format(address=inert_line(address, 300))))
        await screen.show([Message(await desk.ingesting.ingest(address))])

    return ingest_


def status_command(desk: Desk) -> Command:
    """How much is stored, and how the bot is."""

    @app_commands.command(name="status", description="How much is stored, and how I am.")
    @app_commands.guild_only()
    async def status(interaction: discord.Interaction) -> None:
        if await may_manage(desk, interaction):
            await note(desk, interaction, "status", "")
            guild_id = interaction.guild_id or 0
            counts = await desk.shelf.read(lambda snapshot: snapshot.counts())
            said = await desk.records.read(lambda snapshot: snapshot.feedback.counts())
            actions = await desk.records.read(lambda snapshot: snapshot.servers.actions(guild_id, LATEST))
            await whisper(interaction, status_card(counts, said, actions, desk, interaction.client.latency))

    return status


def runs_command(desk: Desk) -> Command:
    """The latest ingest runs."""

    @app_commands.command(name="runs", description="The latest ingest runs: when, from what, and what they did.")
    @app_commands.guild_only()
    async def runs(interaction: discord.Interaction) -> None:
        if await may_manage(desk, interaction):
            await note(desk, interaction, "runs", "")
            found = await desk.shelf.read(lambda snapshot: snapshot.runs.newest(LATEST))
            await whisper(interaction, runs_card(found))

    return runs
