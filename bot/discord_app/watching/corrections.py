"""Answers that were given, marked when an article that they quote no longer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import structlog

from bot.answering.keeping import answer_of
from bot.discord_app.controls.views import answer_buttons
from bot.discord_app.showing.card import messages
from bot.discord_app.showing.screen import Screen

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
        self._unmarked: dict[str, int] = {}  # exchanges that could not be marked, and how often that was tried

    async def look(self) -> None:
        """Mark the answers that rest on quotes which are gone since the last time. Raises StoreError."""
        for exchange_id in list(self._unmarked):
            await self._mark(exchange_id)
        state = await self._desk.shelf.read(lambda snapshot: snapshot.index_state())
        if state is None or state.generation == self._generation:
            return
        doubtful = await self._desk.records.read(lambda snapshot: snapshot.cited.doubtful())
        gone = [one for one in doubtful if not _still_there(one)]
        await self._keep([one for one in doubtful if _still_there(one)], gone)
        for exchange_id in dict.fromkeys(one.exchange_id for one in gone):
            await self._mark(exchange_id)
        self._generation = state.generation

    async def _keep(self, held: list[Doubtful], gone: list[Doubtful]) -> None:
        now = self._desk.now().isoformat()

        def write(transaction: Transaction) -> None:
            transaction.cited.held(held)
            transaction.cited.lose(gone, now)

        if held or gone:
            await self._desk.records.write(write)

    async def _mark(self, exchange_id: str) -> None:
        """The answer once more, with what is wrong with it on top; what is private cannot be reached any more."""
        exchange, shown, lost = await self._desk.records.read(
            lambda snapshot: (
                snapshot.exchanges.get(exchange_id),
                snapshot.exchanges.messages(exchange_id),
                snapshot.cited.lost(exchange_id),
            )
        )
        if exchange is None or exchange.answer is None or exchange.state != "answered":
            return
        log.info("answer_corrected", exchange=exchange_id, quotes=len(lost))
        if exchange.private or not shown:
            return
        answer = answer_of(exchange.answer)
        channel = self._client.get_partial_messageable(exchange.channel_id, guild_id=exchange.guild_id)
        screen = Screen([], [channel.get_partial_message(one) for one in shown])
        buttons = answer_buttons(exchange_id, cited=bool(answer.citations), private=False)
        cards = messages(answer, with_question=exchange.question_id is None, lost=lost)
        self._note(exchange_id, arrived=await screen.show(cards, buttons))

    def _note(self, exchange_id: str, *, arrived: bool) -> None:
        tries = self._unmarked.pop(exchange_id, 0) + 1
        if not arrived and tries < MOST_TRIES:
            self._unmarked[exchange_id] = tries


def _still_there(one: Doubtful) -> bool:
    """White space may have changed: what was said has not."""
    return one.text is not None and _plain(one.quote) in _plain(one.text)


def _plain(text: str) -> str:
    return " ".join(text.split())
