"""Quotes of earlier answers, and whether their articles still hold them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Gone = Literal["changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A quote whose article is not as it was: `text` is what it says now, None when it was withdrawn."""

    exchange_id: str
    n: int
    quote: str
    revision: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A quote of an earlier answer that its article no longer holds, with where and to whom it was said."""

    exchange_id: str
    n: int
    quote: str
    gone: Gone
    noticed_at: str
    title: str
    question: str
    guild_id: int | None
    channel_id: int
    asker_id: int
    private: bool


class Cited:
    """The table `cited_quotes`, in a snapshot or a transaction (writing needs the latter)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def doubtful(self) -> list[Doubtful]:
        """The quotes whose article has another revision than when they were last seen, or none."""
        rows = self._connection.execute(
            """SELECT c.exchange_id, c.n, c.quote, v.revision, v.text FROM cited_quotes c
                 LEFT JOIN versions v ON v.article_id = c.article_id AND v.status = 'live'
                WHERE c.gone IS NULL AND (v.revision IS NULL OR v.revision <> c.revision)"""
        )
        return [Doubtful(*row) for row in rows]

    def lost(self, exchange_id: str | None = None, limit: int = 100) -> list[LostQuote]:
        """The quotes that are gone, the last noticed first: of all answers, or of one."""
        rows = self._connection.execute(
            """SELECT c.exchange_id, c.n, c.quote, c.gone, c.noticed_at,
                      (SELECT v.title FROM versions v
                        WHERE v.article_id = c.article_id ORDER BY v.revision DESC LIMIT 1),
                      e.question, e.guild_id, e.channel_id, e.asker_id, e.private
                 FROM cited_quotes c JOIN exchanges e ON e.id = c.exchange_id
                WHERE c.gone IS NOT NULL AND c.exchange_id = ifnull(?, c.exchange_id) AND e.state = 'answered'
                ORDER BY c.noticed_at DESC, c.exchange_id, c.n LIMIT ?""",
            (exchange_id, limit),
        )
        return [LostQuote(*[*row[:-1], bool(row[-1])]) for row in rows]

    def held(self, seen: Iterable[Doubtful]) -> None:
        """The articles of these still hold them."""
        self._connection.executemany(
            "UPDATE cited_quotes SET revision = ? WHERE exchange_id = ? AND n = ?",
            [(one.revision, one.exchange_id, one.n) for one in seen],
        )

    def lose(self, gone: Iterable[Doubtful], now: str) -> None:
        """The articles of these do not hold them any more."""
        self._connection.executemany(
            "UPDATE cited_quotes SET gone = ?, noticed_at = ? WHERE exchange_id = ? AND n = ?",
            [("withdrawn" if one.text is None else "changed", now, one.exchange_id, one.n) for one in gone],
        )
