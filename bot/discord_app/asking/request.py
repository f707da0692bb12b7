"""A question with who asked it, where, and what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.types import ID_LENGTH, sha256

if TYPE_CHECKING:
    from bot.answering.types import Ask

MAX_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question was asked. `conversation` is what its follow-ups share; direct messages have no `guild_id`."""

    guild_id: int | None
    channel_id: int
    conversation: str


@dataclass(frozen=True, slots=True)
class Request:
    """A question to answer. `asked_at` is ISO, UTC; `question_id` the message that asked, None for a command."""

    id: str
    ask: Ask
    asker_id: int
    place: Place
    asked_at: str
    question_id: int | None = None
    private: bool = False


def exchange_id(source_id: int) -> str:
    """The id of the exchange that a message or a command (by its snowflake) begins."""
    return sha256(f"discord:{source_id}")[:ID_LENGTH]


def thread_conversation(thread_id: int) -> str:
    """What all questions in a thread share."""
    return f"thread:{thread_id}"


def direct_conversation(channel_id: int) -> str:
    """What all questions in direct messages with one person share."""
    return f"direct:{channel_id}"


def chain_conversation(first_id: str) -> str:
    """What a question and the replies to its answer share."""
    return f"chain:{first_id}"
