"""What went before in a conversation, as far as a follow-up may lean on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.answering.keeping import answer_of
from bot.answering.types import Turn

if TYPE_CHECKING:
    from bot.discord_app.records import Records
    from corpus.catalogue.exchanges import Exchange
    from corpus.catalogue.reader import Snapshot

MOST_TURNS = 6


async def turns(records: Records, conversation: str, now: datetime, hours: float) -> tuple[Turn, ...]:
    """The last questions of a conversation with their answers, oldest first, none older than so many hours."""
    since = (now - timedelta(hours=hours)).isoformat()

    def found(snapshot: Snapshot) -> tuple[Turn, ...]:
        return tuple(map(_turn, snapshot.exchanges.latest(conversation, MOST_TURNS, since)))

    return await records.read(found)


def _turn(exchange: Exchange) -> Turn:
    answer = answer_of(exchange.answer) if exchange.answer else None
    # What a refusal says of the articles is no part of the conversation.
    return Turn(exchange.question, "" if answer is None or answer.refusal else answer.text)
