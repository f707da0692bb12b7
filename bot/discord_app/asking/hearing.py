"""Which messages are questions for the bot, and what they ask."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.discord_app.asking.request import MAX_QUESTION

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk

# In a channel that was chosen for questions a message is one without a mention when it reads as one.
ASKS = re.compile(
    r"\?\s*$|^(?:what|why|how|who|when|where|which|is|are|was|were|did|does|do|has|have|can|could|will|would)\b",
    re.IGNORECASE,
)


class Hearing:
    """Tells the messages that are for the bot from those that are not."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client

    def is_addressed(self, message: discord.Message) -> bool:
        """Whether somebody speaks to the bot: directly, by a mention, or by a reply."""
        # `mentioned_in` would count @everyone as well.
        return message.guild is None or self._client.user in message.mentions or self._is_reply_to_me(message)

    async def is_for_me(self, message: discord.Message) -> bool:
        """Whether the bot is to answer it. Raises StoreError."""
        if self.is_addressed(message):
            return True
        if message.mentions or not message.content or message.reference:
            return False
        if isinstance(message.channel, discord.Thread):
            return await self._begins_post(message) or await self._is_followed(message.channel)
        return await self.opens_threads(message) and ASKS.search(message.content) is not None

    async def opens_threads(self, message: discord.Message) -> bool:
        """Whether its channel was chosen for threads. Raises StoreError."""
        return message.channel.id in await self._chosen(message)

    async def is_mine(self, thread: discord.Thread, message: discord.Message) -> bool:
        """Whether a thread is the bot's own, or a post in a forum that was chosen for questions. Raises StoreError."""
        mine = self._client.user is not None and thread.owner_id == self._client.user.id
        return mine or thread.parent_id in await self._chosen(message)

    def question(self, message: discord.Message) -> str:
        """What it asks, on one line and without the mention of the bot; of a forum post, its title as well."""
        content = message.content
        if self._client.user:
            content = re.sub(rf"<@!?{self._client.user.id}>", " ", content)
        channel = message.channel
        if isinstance(channel, discord.Thread) and channel.id == message.id:  # a forum post: its title is half of it
            content = f"{channel.name} — {content}" if content.strip() else channel.name
            content = content[:MAX_QUESTION]
        return " ".join(content.split())

    def _is_reply_to_me(self, message: discord.Message) -> bool:
        to = message.reference.resolved if message.reference else None
        return isinstance(to, discord.Message) and to.author == self._client.user

    async def _begins_post(self, message: discord.Message) -> bool:
        """Whether a message begins a post in a forum that was chosen for questions."""
        channel = message.channel
        begins = isinstance(channel, discord.Thread) and channel.id == message.id
        return begins and getattr(channel, "parent_id", None) in await self._chosen(message)

    async def _chosen(self, message: discord.Message) -> tuple[int, ...]:
        settings = await self._desk.records.server(message.guild.id if message.guild else None)
        return settings.thread_channels

    async def _is_followed(self, thread: discord.Thread) -> bool:
        found = await self._desk.records.read(lambda snapshot: snapshot.servers.thread(thread.id))
        if found is None or found.quiet:
            return False
        age = self._desk.now() - datetime.fromisoformat(found.last_at)
        return age <= timedelta(hours=self._desk.settings.thread_hours)
