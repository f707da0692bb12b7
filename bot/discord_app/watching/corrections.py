"""Answers that were given, marked when an article that they quote no longer says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import discord
import structlog

from bot.answering.keeping import answer_of
from bot.discord_app.controls.views import answer_buttons
from bot.discord_app.showing.card import messages
from bot.discord_app.showing.screen import Screen, channel_way

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk
    from corpus.catalogue.cited import Doubtful
    from corpus.catalogue.writer import Transaction

log = structlog.get_logger(__name__)
MOST_TRIES = 5  # rounds: after that the message is most likely gone


class Corrections:
    """Looks at the quotes of earlier answers whenever the store has changed."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client
        self._generation: int | None = None
        self._tries: Counter[str] = Counter()

    async def look(self) -> None:
        """Note the quotes that are gone since the last time, and mark their answers. Raises StoreError."""
        state = await self._desk.shelf.read(lambda snapshot: snapshot.index_state())
        if state is not None and state.generation != self._generation:
            await self._note()
            self._generation = state.generation
        for exchange_id in await self._desk.records.read(lambda snapshot: snapshot.cited.unmarked()):
            if await self._is_settled(exchange_id):
                self._tries.pop(exchange_id, None)
                await self._mark(exchange_id)

    async def _note(self) -> None:
        doubtful = await self._desk.records.read(lambda snapshot: snapshot.cited.doubtful())
        now = self._desk.now().isoformat()

        def write(transaction: Transaction) -> None:
            transaction.cited.held(one for one in doubtful if _still_there(one))
            transaction.cited.lose((one for one in doubtful if not _still_there(one)), now)

        if doubtful:
            await self._desk.records.write(write)

    async def _is_settled(self, exchange_id: str) -> bool:
        """Whether an answer shows that it is corrected, or cannot be made to."""
        self._tries[exchange_id] += 1
        try:
            return await self._show(exchange_id) or self._tries[exchange_id] >= MOST_TRIES
        except ValueError:  # an answer of another Accord
            return True

    async def _mark(self, exchange_id: str) -> None:
        await self._desk.records.write(lambda transaction: transaction.cited.mark(exchange_id))

    async def _show(self, exchange_id: str) -> bool:
        """The answer once more, with what is wrong with it on top; what is private cannot be reached any more."""
        exchange, shown, lost = await self._desk.records.read(
            lambda snapshot: (
                snapshot.exchanges.get(exchange_id),
                snapshot.exchanges.messages(exchange_id),
                snapshot.cited.lost(exchange_id),
            )
        )
        if exchange is None or exchange.answer is None or exchange.private or not (shown and lost):
            return True
        log.info("answer_corrected", exchange=exchange_id, quotes=len(lost))
        answer = answer_of(exchange.answer)
        channel = self._client.get_partial_messageable(exchange.channel_id, guild_id=exchange.guild_id)
        # What does not fit any more goes on in a further message.
        screen = Screen([channel_way(channel)], [channel.get_partial_message(one) for one in shown], in_place=True)
        buttons = answer_buttons(exchange_id, cited=bool(answer.citations), private=False)
        cards = messages(answer, with_question=exchange.question_id is None, lost=lost)
        arrived = await screen.show(cards, buttons)
        now_shown = screen.message_ids
        await self._desk.records.try_to_write(lambda transaction: transaction.exchanges.show(exchange_id, now_shown))
        return arrived


def _still_there(one: Doubtful) -> bool:
    """White space may have changed: what was said has not."""
    return one.text is not None and _plain(one.quote) in _plain(one.text)


def _plain(text: str) -> str:
    return " ".join(text.split())
