"""`/forget` and `/corrections`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord_app.asking.request import direct_conversation, thread_conversation
from bot.discord_app.showing.lists import corrections_card
from bot.discord_app.showing.whisper import whisper

if TYPE_CHECKING:
    from bot.discord_app.commands.common import Command
    from bot.discord_app.desk import Desk
    from corpus.catalogue.cited import LostQuote

FORGOTTEN = "Forgotten: {count} of this conversation. The next question starts afresh."
ERASED = (
    "Erased: {count} that you asked me anywhere, with my answers and your ratings. Messages that show them stay in "
    "Discord until they are deleted there; their buttons no longer work."
)
NOTHING = "There is nothing to forget here. `everything` erases all that you ever asked me."


def forget_command(desk: Desk) -> Command:
    """Forgets this conversation, or everything of one person."""

    @app_commands.command(name="forget", description="Forget this conversation, or everything that you asked me.")
    @app_commands.describe(everything="Erase all that you asked me anywhere, with the answers.")
    async def forget(interaction: discord.Interaction, everything: bool = False) -> None:
        user_id = interaction.user.id
        if everything:
            count = await desk.records.write(lambda transaction: transaction.exchanges.erase(user_id))
            await whisper(interaction, ERASED.format(count=_questions(count)))
            return
        count = await _forget_here(desk, interaction)
        await whisper(interaction, FORGOTTEN.format(count=_questions(count)) if count else NOTHING)

    return forget


def corrections_command(desk: Desk) -> Command:
    """Earlier answers whose sources no longer say what they quoted."""

    @app_commands.command(name="corrections", description="Earlier answers whose sources have changed since.")
    async def corrections(interaction: discord.Interaction) -> None:
        guild_id, user_id = interaction.guild_id, interaction.user.id
        lost = await desk.records.read(lambda snapshot: snapshot.cited.lost_for(user_id, guild_id))
        await whisper(interaction, corrections_card([one for one in lost if _may_see(interaction, one)]))

    return corrections


async def _forget_here(desk: Desk, interaction: discord.Interaction) -> int:
    channel_id = interaction.channel_id or 0
    if isinstance(interaction.channel, discord.Thread):
        conversation = thread_conversation(channel_id)
    elif interaction.guild_id is None:
        conversation = direct_conversation(channel_id)
    else:
        return await desk.records.write(
            lambda transaction: transaction.exchanges.forget_chains(channel_id, interaction.user.id)
        )
    return await desk.records.write(lambda transaction: transaction.exchanges.forget(conversation))


def _may_see(interaction: discord.Interaction, lost: LostQuote) -> bool:
    """Somebody's own answers, and those in channels of this server that they can read."""
    if lost.asker_id == interaction.user.id:
        return True
    if lost.private or lost.guild_id is None or lost.guild_id != interaction.guild_id:
        return False
    channel = interaction.guild.get_channel_or_thread(lost.channel_id) if interaction.guild else None
    user = interaction.user
    if channel is None or not isinstance(user, discord.Member):
        return False
    may = channel.permissions_for(user)
    # Permissions do not tell who is in a private thread.
    open_to_all = not (isinstance(channel, discord.Thread) and channel.is_private()) or may.manage_threads
    return may.view_channel and may.read_message_history and open_to_all


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"
