"""`/ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.answering.types import Ask
from bot.discord_app.asking.gate import may_ask
from bot.discord_app.asking.request import (
    MAX_QUESTION,
    Place,
    Request,
    chain_conversation,
    direct_conversation,
    exchange_id,
    thread_conversation,
)
from bot.discord_app.asking.threads import open_thread
from bot.discord_app.commands.common import Unusable, day_choices, limits_of, outlet_choices
from bot.discord_app.failures import NOT_REACHED, log_failure
from bot.discord_app.showing.screen import interaction_screen
from bot.discord_app.showing.whisper import whisper
from bot.discord_app.wording import HELP

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk
    from bot.discord_app.showing.screen import Screen
    from corpus.catalogue.writer import Transaction


def ask_command(desk: Desk) -> Command:
    """Asks a question, within limits, for everybody or only for who asks."""

    @app_commands.command(name="ask", description="Ask the stored articles; every sentence shows its passage.")
    @app_commands.describe(
        question="What you want to know, in your own words.",
        as_of="Only articles published on or before this day (2025-07-08).",
        since="Only articles published on or after this day (2025-07-08).",
        outlet="Only articles of this outlet.",
        private="Show the answer only to me.",
    )
    @app_commands.autocomplete(as_of=day_choices(desk), since=day_choices(desk), outlet=outlet_choices(desk))
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION],
        as_of: str | None = None,
        since: str | None = None,
        outlet: str | None = None,
        private: bool = False,
    ) -> None:
        text = " ".join(question.split())
        if not text:
            await whisper(interaction, HELP.format(name="Accord"))
            return
        if not await may_ask(desk, interaction):
            return
        try:
            filters = await limits_of(desk, as_of, since, outlet)
        except Unusable as error:
            await whisper(interaction, str(error))
            return
        await _defer(interaction, private=private)
        screen = interaction_screen(interaction, private=private)
        request = _request(desk, interaction, Ask(text, filters=filters), private=private)
        await desk.handling.handle(request, screen, with_question=True)
        if not private:
            await _thread_for(desk, interaction, request, screen)

    return ask


def _request(desk: Desk, interaction: discord.Interaction, ask: Ask, *, private: bool) -> Request:
    id_ = exchange_id(interaction.id)
    channel_id = interaction.channel_id or 0
    if isinstance(interaction.channel, discord.Thread):
        conversation = thread_conversation(channel_id)
    elif interaction.guild_id is None:
        conversation = direct_conversation(channel_id)
    else:
        conversation = chain_conversation(id_)
    # What is asked privately in a thread leans on what everybody saw there, and nobody's question leans on it.
    place = Place(interaction.guild_id, channel_id, conversation)
    return Request(id_, ask, interaction.user.id, place, desk.now().isoformat(), private=private)


async def _defer(interaction: discord.Interaction, *, private: bool) -> None:
    try:
        # Discord waits three seconds for this and fifteen minutes for the answer.
        await interaction.response.defer(thinking=True, ephemeral=private)
    except NOT_REACHED as error:
        log_failure("not_deferred", error)


async def _thread_for(desk: Desk, interaction: discord.Interaction, request: Request, screen: Screen) -> None:
    """In a channel that was chosen for it, a thread at the answer, in which follow-ups need no mention."""
    chosen = (await desk.records.server(interaction.guild_id)).thread_channels
    if (
        interaction.channel_id not in chosen
        or not screen.messages
        or not isinstance(interaction.channel, discord.TextChannel)
    ):
        return
    message = interaction.channel.get_partial_message(screen.message_ids[0])
    thread = await open_thread(message, request.ask.question)
    if thread is not None:
        conversation, now = thread_conversation(thread.id), desk.now().isoformat()

        def write(transaction: Transaction) -> None:
            transaction.exchanges.move(request.id, conversation)
            transaction.servers.follow(thread.id, now)

        await desk.records.try_to_write(write)
