"""`/sources`, `/article` and `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord_app.asking.gate import may_look
from bot.discord_app.commands.common import article_choices
from bot.discord_app.controls.browsing import show_article, show_list
from bot.discord_app.showing.guide import guide_card
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk


def sources_command(desk: Desk) -> Command:
    """The stored articles, newest first."""

    @app_commands.command(name="sources", description="The articles that I answer from, newest first.")
    async def sources(interaction: discord.Interaction) -> None:
        if await may_look(desk, interaction):
            await show_list(desk, interaction, 0)

    return sources


def article_command(desk: Desk) -> Command:
    """One stored article."""

    @app_commands.command(name="article", description="Read one of the stored articles.")
    @app_commands.describe(title="Type a part of its title and choose.")
    @app_commands.autocomplete(title=article_choices(desk))
    async def article(interaction: discord.Interaction, title: app_commands.Range[str, 1, 500]) -> None:
        if await may_look(desk, interaction):
            await show_article(desk, interaction, title, 0)

    return article


def help_command(desk: Desk) -> Command:
    """What the bot can do."""

    @app_commands.command(name="help", description="What I can do, and how to ask.")
    async def help_(interaction: discord.Interaction) -> None:
        name = interaction.client.user.display_name if interaction.client.user else "Accord"
        await whisper(interaction, guide_card(name, desk.settings.thread_hours))

    return help_
