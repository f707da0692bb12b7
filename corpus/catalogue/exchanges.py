"""Questions that the bot was asked, with their answers."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

ExchangeState = Literal["open", "answered", "failed", "deleted"]
COLUMNS = (
    "id, conversation, guild_id, channel_id, asker_id, question_id, private, state, asked_at, question, ask, answer"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it. `ask` and `answer` are JSON of the answering part's own making."""

    id: str
    conversation: str
    guild_id: int | None
    channel_id: int
    asker_id: int
    question_id: int | None
    private: bool
    state: ExchangeState
    asked_at: str
    question: str
    ask: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A quote that an answer rests on."""

    n: int
    article_id: str
    revision: int
    quote: str


class Exchanges:
    """The tables `exchanges` and `shown_messages`, in a snapshot or a transaction (writing needs the latter)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, exchange_id: str) -> Exchange | None:
        """One exchange, or None."""
        return next(iter(self._found("WHERE id = ?", exchange_id)), None)

    def shown_in(self, message_id: int) -> Exchange | None:
        """The exchange whose answer a message shows, or None."""
        where = "WHERE id = (SELECT exchange_id FROM shown_messages WHERE message_id = ?)"
        return next(iter(self._found(where, message_id)), None)

    def asked_in(self, message_id: int) -> Exchange | None:
        """The exchange that a message began, or None."""
        return next(iter(self._found("WHERE question_id = ? ORDER BY asked_at DESC LIMIT 1", message_id)), None)

    def unanswered(self) -> list[Exchange]:
        """What was being answered when the bot was stopped, oldest first."""
        return self._found("WHERE state = 'open' ORDER BY asked_at")

    def latest(self, conversation: str, limit: int, since: str) -> list[Exchange]:
        """The last answered exchanges of a conversation that all may see and that are remembered, oldest first."""
        where = """WHERE conversation = ? AND state = 'answered' AND remembered AND NOT private AND asked_at >= ?
                   ORDER BY asked_at DESC, id LIMIT ?"""
        return self._found(where, conversation, since, limit)[::-1]

    def before(self, exchange: Exchange, limit: int) -> list[Exchange]:
        """What was asked and answered before it in its conversation, for all to see, oldest first."""
        where = """WHERE conversation = ? AND state = 'answered' AND NOT private AND asked_at < ?
                   ORDER BY asked_at DESC, id LIMIT ?"""
        return self._found(where, exchange.conversation, exchange.asked_at, limit)[::-1]

    def messages(self, exchange_id: str) -> list[int]:
        """The messages that show its answer, in order."""
        sql = "SELECT message_id FROM shown_messages WHERE exchange_id = ? ORDER BY n"
        return [row[0] for row in self._connection.execute(sql, (exchange_id,))]

    def begin(self, exchange: Exchange) -> None:
        """Note a question before it is answered; asked anew, it takes the place of what was answered before."""
        self._connection.execute(
            f"""INSERT INTO exchanges ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET question = excluded.question, ask = excluded.ask,
                    asked_at = excluded.asked_at, state = excluded.state, answer = NULL, remembered = 1""",
            (
                exchange.id,
                exchange.conversation,
                exchange.guild_id,
                exchange.channel_id,
                exchange.asker_id,
                exchange.question_id,
                exchange.private,
                exchange.state,
                exchange.asked_at,
                exchange.question,
                exchange.ask,
                exchange.answer,
            ),
        )
        self._connection.execute("DELETE FROM cited_quotes WHERE exchange_id = ?", (exchange.id,))

    def keep(self, exchange_id: str, answer: str, cited: Iterable[CitedQuote]) -> None:
        """The answer, with what it cites."""
        run = self._connection
        run.execute("UPDATE exchanges SET answer = ? WHERE id = ?", (answer, exchange_id))
        run.execute("DELETE FROM cited_quotes WHERE exchange_id = ?", (exchange_id,))
        run.executemany(
            "INSERT INTO cited_quotes (exchange_id, n, article_id, revision, quote) VALUES (?, ?, ?, ?, ?)",
            [(exchange_id, one.n, one.article_id, one.revision, one.quote) for one in cited],
        )

    def end(self, exchange_id: str, state: ExchangeState, message_ids: Sequence[int] = ()) -> None:
        """The question is dealt with, and these messages show its answer."""
        self._connection.execute("UPDATE exchanges SET state = ? WHERE id = ?", (state, exchange_id))
        self.show(exchange_id, message_ids)

    def show(self, exchange_id: str, message_ids: Sequence[int]) -> None:
        """These messages show its answer now."""
        self._connection.execute("DELETE FROM shown_messages WHERE exchange_id = ?", (exchange_id,))
        self._connection.executemany(
            "INSERT OR REPLACE INTO shown_messages VALUES (?, ?, ?)",
            [(message_id, exchange_id, n) for n, message_id in enumerate(message_ids)],
        )

    def move(self, exchange_id: str, conversation: str) -> None:
        """It belongs to another conversation now: a thread was opened for it."""
        sql = "UPDATE exchanges SET conversation = ? WHERE id = ?"
        self._connection.execute(sql, (conversation, exchange_id))

    def forget(self, conversation: str) -> int:
        """No follow-up leans on a conversation's exchanges any more; how many there were."""
        sql = "UPDATE exchanges SET remembered = 0 WHERE remembered AND conversation = ?"
        return self._connection.execute(sql, (conversation,)).rowcount

    def forget_chains(self, channel_id: int, asker_id: int) -> int:
        """No reply leans on what a person asked in a channel any more; how many questions there were."""
        sql = """UPDATE exchanges SET remembered = 0 WHERE remembered AND conversation IN
                 (SELECT conversation FROM exchanges WHERE channel_id = ? AND asker_id = ?)"""
        return self._connection.execute(sql, (channel_id, asker_id)).rowcount

    def erase(self, asker_id: int) -> int:
        """Everything that a person asked goes, with answers and ratings, and the person's own; how many there were."""
        self._connection.execute("DELETE FROM feedback WHERE user_id = ?", (asker_id,))
        return self._connection.execute("DELETE FROM exchanges WHERE asker_id = ?", (asker_id,)).rowcount

    def _found(self, where: str, *values: object) -> list[Exchange]:
        rows = self._connection.execute(f"SELECT {COLUMNS} FROM exchanges {where}", values)
        return [Exchange(*[*row[:6], bool(row[6]), *row[7:]]) for row in rows]
