"""Messages that are questions: mentions, replies, direct messages, threads and forum posts."""

from __future__ import annotations

from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING

import discord

from bot.answering.types import Ask
from bot.discord_app.asking.gate import Asker, refusal_to_ask
from bot.discord_app.asking.request import (
    MAX_QUESTION,
    Place,
    Request,
    chain_conversation,
    direct_conversation,
    exchange_id,
    thread_conversation,
)
from bot.discord_app.asking.threads import QUIET, is_quiet_word, open_thread
from bot.discord_app.failures import NOT_REACHED, explain
from bot.discord_app.showing.message import Message
from bot.discord_app.showing.screen import Screen, channel_screen, reply_screen
from bot.discord_app.wording import HELP, TOO_LONG

if TYPE_CHECKING:
    from bot.discord_app.asking.hearing import Hearing
    from bot.discord_app.desk import Desk
    from bot.discord_app.withdrawing import Withdrawing


class Events:
    """What the bot makes of messages."""

    def __init__(self, desk: Desk, client: discord.Client, hearing: Hearing, withdrawing: Withdrawing) -> None:
        self._desk = desk
        self._client = client
        self._hearing = hearing
        self._withdrawing = withdrawing

    async def message(self, message: discord.Message) -> None:
        """Answer a message, if it is for the bot."""
        if message.author.bot or message.type not in {discord.MessageType.default, discord.MessageType.reply}:
            return
        try:
            if await self._hearing.is_for_me(message):
                await self._answer(message)
        except Exception as error:  # noqa: BLE001 - whatever failed, the person is told
            if self._hearing.is_addressed(message):
                await self._say(message, explain(error))

    async def _answer(self, message: discord.Message) -> None:
        question = self._hearing.question(message)
        if isinstance(message.channel, discord.Thread) and is_quiet_word(question):
            await self._be_quiet(message.channel, message)
        elif refusal := await refusal_to_ask(self._desk, Asker.by(message, self._client)):
            # Who did not speak to the bot is not told, and nobody is told again and again.
            now = self._desk.now().timestamp()
            if self._hearing.is_addressed(message) and self._desk.limits.may_be_told(message.author.id, now):
                await self._say(message, refusal)
        elif not question:
            name = self._client.user.display_name if self._client.user else "Accord"
            await self._say(message, HELP.format(name=name))
        elif len(question) > MAX_QUESTION:
            await self._say(message, TOO_LONG.format(length=len(question), most=MAX_QUESTION))
        else:
            await self._take(message, question)

    async def _take(self, message: discord.Message, question: str) -> None:
        place = await self._place(message)
        screen, channel = reply_screen(message), message.channel
        if place.conversation == chain_conversation(exchange_id(message.id)):  # goes on with nothing
            thread = await open_thread(message, question) if await self._hearing.opens_threads(message) else None
            if thread is not None:
                place = Place(place.guild_id, thread.id, thread_conversation(thread.id))
                screen, channel = channel_screen(thread), thread
        if isinstance(channel, discord.Thread):
            await self._follow(channel, message)
        request = Request(
            exchange_id(message.id), Ask(question), message.author.id, place, self._desk.now().isoformat(), message.id
        )
        if not self._withdrawing.has(message.id):
            await self._typing(channel, request, screen)

    async def _typing(self, channel: discord.abc.Messageable, request: Request, screen: Screen) -> None:
        working = self._desk.handling.start(request, screen, with_question=False)
        async with AsyncExitStack() as stack:
            with suppress(*NOT_REACHED):
                await stack.enter_async_context(channel.typing())
            await self._desk.handling.done(working)

    async def _place(self, message: discord.Message) -> Place:
        """The thread, the direct messages, or the chain of replies that the message goes on with."""
        channel = message.channel
        if message.guild is None:
            return Place(None, channel.id, direct_conversation(channel.id))
        if isinstance(channel, discord.Thread):
            return Place(message.guild.id, channel.id, thread_conversation(channel.id))
        to = message.reference.message_id if message.reference else None
        before = await self._desk.records.read(lambda snapshot: snapshot.exchanges.shown_in(to or 0))
        conversation = before.conversation if before else chain_conversation(exchange_id(message.id))
        return Place(message.guild.id, channel.id, conversation)

    async def _be_quiet(self, thread: discord.Thread, message: discord.Message) -> None:
        now = self._desk.now().isoformat()
        await self._desk.records.write(lambda transaction: transaction.servers.follow(thread.id, now, quiet=True))
        await self._say(message, QUIET)

    async def _follow(self, thread: discord.Thread, message: discord.Message) -> None:
        """A thread of the bot's own, or a post in a forum that was chosen, needs no mention for a while."""
        if not await self._hearing.is_mine(thread, message):
            return
        now = self._desk.now().isoformat()
        await self._desk.records.try_to_write(lambda transaction: transaction.servers.follow(thread.id, now))

    async def _say(self, message: discord.Message, text: str) -> None:
        await reply_screen(message).show([Message(text)])
