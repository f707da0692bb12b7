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

    async def is_for_me(self, message: discord.Message) -> bool:
        """Whether the bot is to answer it."""
        # `mentioned_in` would count @everyone as well.
        if message.guild is None or self._client.user in message.mentions or self._is_reply_to_me(message):
            return True
        if message.mentions or not message.content or message.reference:
            return False
        if isinstance(message.channel, discord.Thread):
            return self._is_chosen_post(message) or await self._is_followed(message.channel)
        return self.opens_threads(message) and ASKS.search(message.content) is not None

    def opens_threads(self, message: discord.Message) -> bool:
        """Whether its channel was chosen for threads."""
        chosen = self._desk.records.server(message.guild.id if message.guild else None).thread_channels
        return message.channel.id in chosen

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

    def _is_chosen_post(self, message: discord.Message) -> bool:
        """Whether a message begins a post in a forum that was chosen for questions."""
        channel = message.channel
        chosen = self._desk.records.server(message.guild.id if message.guild else None).thread_channels
        return isinstance(channel, discord.Thread) and channel.id == message.id and channel.parent_id in chosen

    async def _is_followed(self, thread: discord.Thread) -> bool:
        found = await self._desk.records.read(lambda snapshot: snapshot.servers.thread(thread.id))
        if found is None or found.quiet:
            return False
        age = self._desk.now() - datetime.fromisoformat(found.last_at)
        return age <= timedelta(hours=self._desk.settings.thread_hours)
