"""Questions that are changed or deleted after they were asked."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.answering.types import Ask
from bot.discord_app.asking.gate import Asker, refusal_to_ask
from bot.discord_app.asking.request import MAX_QUESTION, Place, Request, exchange_id
from bot.discord_app.showing.screen import Screen, channel_way, reply_screen

if TYPE_CHECKING:
    from bot.discord_app.asking.hearing import Hearing
    from bot.discord_app.desk import Desk
    from corpus.catalogue.exchanges import Exchange

EDITED_WITHIN = timedelta(minutes=1)
MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is known: in work, or kept."""

    request: Request
    screen: Screen


class Withdrawing:
    """Follows a question's changes."""

    def __init__(self, desk: Desk, client: discord.Client, hearing: Hearing) -> None:
        self._desk = desk
        self._client = client
        self._hearing = hearing
        self._deleted: OrderedDict[int, None] = OrderedDict()  # the last ones, for questions that are being taken

    def has(self, message_id: int) -> bool:
        """Whether a message was deleted a moment ago."""
        return message_id in self._deleted

    async def edited(self, message: discord.Message) -> None:
        """Answer a question anew that was changed within a minute, in place of the first answer."""
        asked = None if message.author.bot else await self._asked(message.id, message)
        if asked is None:
            return
        question = self._hearing.question(message)
        late = self._desk.now() - datetime.fromisoformat(asked.request.asked_at) > EDITED_WITHIN
        if late or question == asked.request.ask.question:
            return
        if not (question and await self._hearing.is_for_me(message)):
            await self._take_back(asked)  # the mention is gone: it is for somebody else now
        elif len(question) <= MAX_QUESTION and not await refusal_to_ask(self._desk, Asker.by(message, self._client)):
            await self._desk.handling.drop(asked.request.id)
            request = replace(asked.request, ask=Ask(question))
            await self._desk.handling.handle(request, asked.screen, with_question=False)

    async def deleted(self, message_id: int) -> None:
        """Take the answer away with its question."""
        self._deleted[message_id] = None
        while len(self._deleted) > MOST_KEPT:
            self._deleted.popitem(last=False)
        asked = await self._asked(message_id, None)
        if asked is not None:
            await self._take_back(asked)

    async def _take_back(self, asked: _Asked) -> None:
        await self._desk.handling.drop(asked.request.id)
        await asked.screen.clear()
        await self._desk.records.try_to_write(
            lambda transaction: transaction.exchanges.end(asked.request.id, "deleted")
        )

    async def _asked(self, message_id: int, message: discord.Message | None) -> _Asked | None:
        running = self._desk.handling.running(exchange_id(message_id))
        if running is not None:
            return _Asked(running.request, running.screen)
        exchange = await self._desk.records.read(lambda snapshot: snapshot.exchanges.asked_in(message_id))
        if exchange is None or exchange.state == "deleted":
            return None
        return _Asked(_request(exchange), await self._screen(exchange, message))

    async def _screen(self, exchange: Exchange, message: discord.Message | None) -> Screen:
        """Where the answer stands; what it needs more comes as a reply, or where the answer is."""
        ids = await self._desk.records.read(lambda snapshot: snapshot.exchanges.messages(exchange.id))
        channel = self._client.get_partial_messageable(exchange.channel_id, guild_id=exchange.guild_id)
        shown = [channel.get_partial_message(one) for one in ids]
        if message is not None and message.channel.id == exchange.channel_id:
            return reply_screen(message, shown)
        return Screen([channel_way(channel)], shown)


def _request(exchange: Exchange) -> Request:
    place = Place(exchange.guild_id, exchange.channel_id, exchange.conversation)
    ask = Ask(exchange.question)
    return Request(
        exchange.id, ask, exchange.asker_id, place, exchange.asked_at, exchange.question_id, exchange.private
    )
