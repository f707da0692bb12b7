"""The panel of `/settings`: a menu for each thing that can be set, with what is set chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ChannelType, SelectDefaultValueType, ui

from bot.discord_app.admin_log import note
from bot.discord_app.controls.views import control_id
from bot.discord_app.server import NAMES, missing
from bot.discord_app.showing.lists import settings_card
from bot.discord_app.showing.whisper import turn, whisper

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk
    from bot.discord_app.server import ServerSettings
    from bot.discord_app.showing.message import Item

PLACEHOLDERS = {
    "channels": "Answer only in … (none chosen: everywhere)",
    "roles": "Answer only people with … (none chosen: everybody)",
    "thread_channels": "Open a thread for each question in …",
    "admin_roles": "Who else may use /ingest, /status and /runs …",
}
MOST = 25  # that Discord lets a menu have
NOT_YOURS = "Only people who manage this server can change that."


async def show_panel(desk: Desk, interaction: discord.Interaction) -> None:
    """The panel, for one person."""
    guild = interaction.guild
    if guild is not None:
        settings = await desk.records.load_server(guild.id)
        await turn(interaction, settings_card(settings, missing(settings, guild)), _rows(settings))


async def change(desk: Desk, interaction: discord.Interaction, arguments: list[str]) -> None:
    """Somebody chose something in one of the menus."""
    guild, user, name = interaction.guild, interaction.user, arguments[0]
    if guild is None or not isinstance(user, discord.Member) or name not in NAMES:
        return
    if not user.guild_permissions.manage_guild:
        await whisper(interaction, NOT_YOURS)
        return
    chosen = [int(value) for value in _values(interaction.data)]
    await note(desk, interaction, "set", f"{name} {chosen}")
    await desk.records.set_server(guild.id, name, chosen)
    await show_panel(desk, interaction)


def _rows(settings: ServerSettings) -> list[list[Item]]:
    text = [ChannelType.text, ChannelType.news, ChannelType.public_thread, ChannelType.forum, ChannelType.category]
    threads = [ChannelType.text, ChannelType.news, ChannelType.forum]
    return [
        [_channels("channels", settings.channels, text)],
        [_roles("roles", settings.roles)],
        [_channels("thread_channels", settings.thread_channels, threads)],
        [_roles("admin_roles", settings.admin_roles)],
    ]


def _channels(name: str, chosen: tuple[int, ...], types: list[ChannelType]) -> ui.ChannelSelect[Any]:
    return ui.ChannelSelect(channel_types=types, **_common(name, chosen, SelectDefaultValueType.channel))


def _roles(name: str, chosen: tuple[int, ...]) -> ui.RoleSelect[Any]:
    return ui.RoleSelect(**_common(name, chosen, SelectDefaultValueType.role))


def _common(name: str, chosen: tuple[int, ...], kind: SelectDefaultValueType) -> dict[str, Any]:
    return {
        "custom_id": control_id("set", name),
        "placeholder": PLACEHOLDERS[name],
        "min_values": 0,
        "max_values": MOST,
        "default_values": [discord.SelectDefaultValue(id=one, type=kind) for one in chosen[:MOST]],
    }


def _values(data: Any) -> list[str]:
    return [str(value) for value in data.get("values", [])] if isinstance(data, dict) else []
