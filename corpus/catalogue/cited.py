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

    def lost(self, exchange_id: str) -> list[LostQuote]:
        """The quotes of one answer that are gone."""
        return self._lost("c.exchange_id = ? ORDER BY c.n", exchange_id)

    def lost_for(self, asker_id: int, guild_id: int | None, limit: int = 100) -> list[LostQuote]:
        """The quotes that are gone, of a person's own answers and of a server's public ones, the last noticed first."""
        where = """(e.asker_id = ? OR (e.guild_id = ? AND NOT e.private))
                   ORDER BY c.noticed_at DESC, c.exchange_id, c.n LIMIT ?"""
        return self._lost(where, asker_id, guild_id, limit)

    def unmarked(self) -> list[str]:
        """The answers that do not show yet that a quote of theirs is gone."""
        rows = self._connection.execute(
            "SELECT DISTINCT exchange_id FROM cited_quotes WHERE gone IS NOT NULL AND NOT marked ORDER BY exchange_id"
        )
        return [row[0] for row in rows]

    def mark(self, exchange_id: str) -> None:
        """An answer shows it now, or never will."""
        sql = "UPDATE cited_quotes SET marked = 1 WHERE exchange_id = ? AND gone IS NOT NULL"
        self._connection.execute(sql, (exchange_id,))

    def _lost(self, where: str, *values: object) -> list[LostQuote]:
        rows = self._connection.execute(
            f"""SELECT c.exchange_id, c.n, c.quote, c.gone, c.noticed_at,
                      coalesce((SELECT v.title FROM versions v
                        WHERE v.article_id = c.article_id ORDER BY v.revision DESC LIMIT 1), 'an article'),
                      e.question, e.guild_id, e.channel_id, e.asker_id, e.private
                 FROM cited_quotes c JOIN exchanges e ON e.id = c.exchange_id
                WHERE c.gone IS NOT NULL AND e.state = 'answered' AND {where}""",
            values,
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
