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


class Corrections:
    """Looks at the quotes of earlier answers whenever the store has changed."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._desk = desk
        self._client = client
        self._generation: int | None = None

    async def look(self) -> None:
        """Mark the answers that rest on quotes which are gone since the last time. Raises StoreError."""
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
        await screen.show(messages(answer, with_question=exchange.question_id is None, lost=lost), buttons)


def _still_there(one: Doubtful) -> bool:
    """White space may have changed: what was said has not."""
    return one.text is not None and _plain(one.quote) in _plain(one.text)


def _plain(text: str) -> str:
    return " ".join(text.split())
