"""`/timeline` and `/changes`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord_app.asking.gate import may_ask
from bot.discord_app.asking.request import MAX_QUESTION
from bot.discord_app.commands.common import Unusable, day_choices, limits_of, outlet_choices
from bot.discord_app.failures import explain
from bot.discord_app.showing.lists import timeline_messages
from bot.discord_app.showing.message import Message
from bot.discord_app.showing.screen import interaction_screen
from bot.discord_app.showing.whisper import whisper
from corpus.types import Filters

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk

Topic = app_commands.Range[str, 1, MAX_QUESTION]
TOPIC = "What the articles are to be about, in your own words."


def timeline_command(desk: Desk) -> Command:
    """What the articles say of a topic, oldest first."""

    @app_commands.command(name="timeline", description="What the articles say of a topic, in the order of time.")
    @app_commands.describe(
        topic=TOPIC,
        since="Only articles published on or after this day (2025-07-08).",
        until="Only articles published on or before this day (2025-07-08).",
        outlet="Only articles of this outlet.",
    )
    @app_commands.autocomplete(since=day_choices(desk), until=day_choices(desk), outlet=outlet_choices(desk))
    async def timeline(
        interaction: discord.Interaction,
        topic: Topic,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
    ) -> None:
        await _show(desk, interaction, topic, (until, since, outlet), changes=False)

    return timeline


def changes_command(desk: Desk) -> Command:
    """What has changed in a topic since a day."""

    @app_commands.command(name="changes", description="What has changed in a topic since a day.")
    @app_commands.describe(topic=TOPIC, since="The day from which on (2025-07-08).", outlet="Only this outlet.")
    @app_commands.autocomplete(since=day_choices(desk), outlet=outlet_choices(desk))
    async def changes(interaction: discord.Interaction, topic: Topic, since: str, outlet: str | None = None) -> None:
        await _show(desk, interaction, topic, (None, since, outlet), changes=True)

    return changes


async def _show(
    desk: Desk,
    interaction: discord.Interaction,
    topic: str,
    limits: tuple[str | None, str | None, str | None],
    *,
    changes: bool,
) -> None:
    if not await may_ask(desk, interaction):
        return
    try:
        filters = await limits_of(desk, *limits)
    except Unusable as error:
        await whisper(interaction, str(error))
        return
    await interaction.response.defer(thinking=True)
    screen = interaction_screen(interaction, private=False)
    await screen.show(await _messages(desk, " ".join(topic.split()), filters, changes=changes))


async def _messages(desk: Desk, topic: str, filters: Filters, *, changes: bool) -> list[Message]:
    try:
        entries = await desk.aside(partial(desk.library.timeline, topic, filters, changes=changes))
    except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
        return [Message(explain(error))]
    title = f"What changed since {filters.since}: {topic}" if changes else topic
    return timeline_messages(title, entries)
