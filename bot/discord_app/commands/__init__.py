"""The slash commands and the message menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.commands.admin import ingest_command, runs_command, status_command
from bot.discord_app.commands.ask import ask_command
from bot.discord_app.commands.check import check_menu
from bot.discord_app.commands.forget import corrections_command, forget_command
from bot.discord_app.commands.reading import article_command, help_command, sources_command
from bot.discord_app.commands.settings import digest_command, settings_command
from bot.discord_app.commands.topics import changes_command, timeline_command

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command, Menu
    from bot.discord_app.desk import Desk

COMMANDS = (
    ask_command,
    timeline_command,
    changes_command,
    sources_command,
    article_command,
    help_command,
    forget_command,
    corrections_command,
    ingest_command,
    status_command,
    runs_command,
    settings_command,
    digest_command,
)


def all_commands(desk: Desk) -> list[Command | Menu]:
    """Every command, bound to one bot's services."""
    return [*(made(desk) for made in COMMANDS), check_menu(desk)]
