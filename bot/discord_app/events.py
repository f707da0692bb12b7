"""Messages that are questions: mentions, replies, direct messages, threads and forum posts; edited and deleted ones."""

from __future__ import annotations

from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.answering.types import Ask
from bot.discord_app.asking import permission
from bot.discord_app.asking.hearing import Hearing
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
from bot.discord_app.showing.message import Message
from bot.discord_app.showing.screen import Screen, channel_screen, reply_screen
from bot.discord_app.wording import HELP, TOO_LONG

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk
    from corpus.catalogue.exchanges import Exchange

EDITED_WITHIN = timedelta(minutes=1)


class Events:
    """What the bot makes of messages."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client
        self._hearing = Hearing(desk, client)

    async def message(self, message: discord.Message) -> None:
        """Answer a message, if it is for the bot."""
        if message.author.bot or message.type not in {discord.MessageType.default, discord.MessageType.reply}:
            return
        if not await self._hearing.is_for_me(message):
            return
        refusal = await self._refusal(message)
        if refusal:
            await reply_screen(message).show([Message(refusal)])
            return
        await self._take(message, await self._conversation(message))

    async def edited(self, message: discord.Message) -> None:
        """Answer a question anew that was changed within a minute, in place of the first answer."""
        if message.author.bot:
            return
        exchange = await self._desk.records.read(lambda snapshot: snapshot.exchanges.asked_in(message.id))
        if exchange is None or exchange.state == "deleted":
            return
        question = self._hearing.question(message)
        asked_at = datetime.fromisoformat(exchange.asked_at)
        if not question or question == exchange.question or self._desk.now() - asked_at > EDITED_WITHIN:
            return
        if await self._refusal(message):  # as many edits as questions
            return
        screen = await self._screen_of(exchange, message)
        await self._handle(message, question, exchange, screen)

    async def deleted(self, message_id: int) -> None:
        """Take the answer away with its question."""
        exchange = await self._desk.records.read(lambda snapshot: snapshot.exchanges.asked_in(message_id))
        if exchange is None or exchange.state == "deleted":
            return
        screen = await self._desk.handling.drop(exchange.id)
        await (screen or await self._shown(exchange)).clear()
        await self._desk.records.try_to_write(lambda transaction: transaction.exchanges.end(exchange.id, "deleted"))

    async def _take(self, message: discord.Message, conversation: str) -> None:
        thread = message.channel if isinstance(message.channel, discord.Thread) else None
        question = self._hearing.question(message)
        if thread and is_quiet_word(question):
            await self._be_quiet(thread, message)
            return
        if not question or len(question) > MAX_QUESTION:
            name = self._client.user.display_name if self._client.user else "Accord"
            text = TOO_LONG.format(length=len(question), most=MAX_QUESTION) if question else HELP.format(name=name)
            await reply_screen(message).show([Message(text)])
            return
        screen, place = reply_screen(message), self._place(message, conversation)
        if thread is None and self._hearing.opens_threads(message):
            thread = await open_thread(message, question)
            if thread is not None:
                screen = channel_screen(thread)
                place = Place(place.guild_id, thread.id, thread_conversation(thread.id))
        if thread is not None:
            await self._follow(thread.id)
        exchange = exchange_id(message.id)
        request = Request(exchange, Ask(question), message.author.id, place, self._desk.now().isoformat(), message.id)
        await self._typing(thread or message.channel, request, screen)

    async def _typing(self, channel: discord.abc.Messageable, request: Request, screen: Screen) -> None:
        async with AsyncExitStack() as stack:
            with suppress(discord.HTTPException, OSError):
                await stack.enter_async_context(channel.typing())
            await self._desk.handling.handle(request, screen, with_question=False)

    async def _handle(self, message: discord.Message, question: str, exchange: Exchange, screen: Screen) -> None:
        place = Place(exchange.guild_id, exchange.channel_id, exchange.conversation)
        request = Request(exchange.id, Ask(question), exchange.asker_id, place, exchange.asked_at, message.id)
        await self._desk.handling.handle(request, screen, with_question=False)

    async def _refusal(self, message: discord.Message) -> str | None:
        records = self._desk.records
        if message.guild is None:
            refusal = await permission.direct_refusal(self._client.guilds, records, message.author.id)
        else:
            refusal = permission.refusal(records.server(message.guild.id), message.channel, message.author)
        now = self._desk.now().timestamp()
        return refusal or self._desk.limits.refusal(message.author.id, message.channel.id, now)

    async def _conversation(self, message: discord.Message) -> str:
        """The thread, the direct messages, or the chain of replies that the message goes on with."""
        if isinstance(message.channel, discord.Thread):
            return thread_conversation(message.channel.id)
        if message.guild is None:
            return direct_conversation(message.channel.id)
        to = message.reference.message_id if message.reference else None
        before = await self._desk.records.read(lambda snapshot: snapshot.exchanges.shown_in(to or 0))
        return before.conversation if before else chain_conversation(exchange_id(message.id))

    def _place(self, message: discord.Message, conversation: str) -> Place:
        return Place(message.guild.id if message.guild else None, message.channel.id, conversation)

    async def _be_quiet(self, thread: discord.Thread, message: discord.Message) -> None:
        now = self._desk.now().isoformat()
        await self._desk.records.write(lambda transaction: transaction.servers.follow(thread.id, now, quiet=True))
        await reply_screen(message).show([Message(QUIET)])

    async def _follow(self, thread_id: int) -> None:
        now = self._desk.now().isoformat()
        await self._desk.records.try_to_write(lambda transaction: transaction.servers.follow(thread_id, now))

    async def _screen_of(self, exchange: Exchange, message: discord.Message) -> Screen:
        """Where the first answer stands, or was about to."""
        running = await self._desk.handling.drop(exchange.id)
        return running or reply_screen(message, (await self._shown(exchange)).messages)

    async def _shown(self, exchange: Exchange) -> Screen:
        ids = await self._desk.records.read(lambda snapshot: snapshot.exchanges.messages(exchange.id))
        channel = self._client.get_partial_messageable(exchange.channel_id, guild_id=exchange.guild_id)
        return Screen([], [channel.get_partial_message(one) for one in ids])
