"""The Discord client: receives events and hands them on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import discord
import structlog
from discord import app_commands

from bot.discord_app.asking.hearing import Hearing
from bot.discord_app.commands import all_commands
from bot.discord_app.controls.dispatch import use_control
from bot.discord_app.desk import Desk
from bot.discord_app.events import Events
from bot.discord_app.failures import explain, log_failure
from bot.discord_app.records import Records
from bot.discord_app.server import missing
from bot.discord_app.showing.whisper import whisper
from bot.discord_app.syncing import sync
from bot.discord_app.watching.resuming import resume
from bot.discord_app.watching.rounds import Rounds
from bot.discord_app.withdrawing import Withdrawing
from corpus.errors import AccordError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.discord_app.desk import Library
    from bot.settings import DiscordSettings

log = structlog.get_logger(__name__)


class AccordClient(discord.AutoShardedClient):
    """Receives events. `tree` holds the commands, `desk` everything that they need."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            intents=_intents(message_content=desk.settings.message_content),
            shard_count=desk.settings.shards,
            allowed_mentions=discord.AllowedMentions.none(),
            # Nobody's messages are kept in memory.
            max_messages=None,
            activity=discord.Activity(type=discord.ActivityType.listening, name="/ask"),
        )
        self.desk = desk
        self.tree = app_commands.CommandTree(self)
        for command in all_commands(desk):
            self.tree.add_command(command)
        self.tree.error(_on_command_error)
        hearing = Hearing(desk, self)
        self._withdrawing = Withdrawing(desk, self, hearing)
        self._events = Events(desk, self, hearing, self._withdrawing)
        self._rounds = Rounds(desk, self)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, when they are new to it."""
        self.desk.started_at = self.desk.now()
        await sync(self.tree, self.desk.records, self.application_id or 0)

    async def on_ready(self) -> None:
        """Connected, or connected anew: look at the servers' settings, and go on with what was left open."""
        log.info("ready", guilds=len(self.guilds), shards=self.shard_count)
        self.desk.metrics.gateway.labels("ready").inc()
        for guild in self.guilds:
            await self._look_at(guild)
        self._rounds.start()
        await resume(self.desk, self)

    async def on_resumed(self) -> None:
        """The connection was lost for a moment and nothing of it."""
        log.info("resumed")
        self.desk.metrics.gateway.labels("resumed").inc()

    async def on_disconnect(self) -> None:
        """The connection is lost; discord.py makes another."""
        log.info("disconnected")
        self.desk.metrics.gateway.labels("disconnected").inc()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Settings of an earlier stay hold again."""
        await self._look_at(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """It was put out of a server, or the server is gone."""
        await self.desk.records.try_to_write(lambda transaction: transaction.servers.leave(guild.id))

    async def on_message(self, message: discord.Message) -> None:
        """A message somewhere."""
        await self._events.message(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message was changed; raw, because no message is kept in memory."""
        await self._withdrawing.edited(payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted."""
        await self._withdrawing.deleted(payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages were deleted."""
        for message_id in payload.message_ids:
            await self._withdrawing.deleted(message_id)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A button, a menu or a form; commands go through `tree`."""
        await use_control(self.desk, interaction)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what escaped an event handler, without the message's text as discord.py would have it."""
        error = sys.exc_info()[1]
        if error:
            log_failure("event_failed", error, handler=event_method)

    async def close(self) -> None:
        """Finish the answers in flight, then leave."""
        self._rounds.stop()
        await self.desk.handling.stop(self.desk.settings.stop_timeout_s)
        await super().close()

    async def _look_at(self, guild: discord.Guild) -> None:
        try:
            settings = await self.desk.records.load_server(guild.id)
        except AccordError as error:
            log.warning("settings_not_read", guild=guild.id, error=type(error).__name__)
            return
        for name, one in missing(settings, guild):
            log.warning("setting_names_nothing", guild=guild.id, setting=name, id=one)


def build_client(
    library: Library, settings: DiscordSettings, data_dir: Path, records: Records | None = None
) -> AccordClient:
    """A client that is not connected yet. Call `client.desk.close()` when done with it."""
    return AccordClient(Desk(library, settings, data_dir, records))


def _intents(*, message_content: bool) -> discord.Intents:
    intents = discord.Intents.none()
    # Messages that mention the bot and direct messages carry their text without the privileged intent
    # `message_content` (https://discord.com/developers/docs/events/gateway#message-content-intent); others, in
    # threads and forums, only with it.
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = message_content
    return intents


async def _on_command_error(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
    original = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    await whisper(interaction, explain(original))
