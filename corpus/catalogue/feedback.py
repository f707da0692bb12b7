"""What people said of answers."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's word on one answer; `reason` and `comment` where it was not helpful."""

    exchange_id: str
    user_id: int
    at: str
    helpful: bool
    reason: str | None = None
    comment: str | None = None


class Feedback:
    """The table `feedback`, in a snapshot or a transaction (writing needs the latter)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rate(self, rating: Rating) -> None:
        """Keep a person's last word on an answer."""
        self._connection.execute(
            "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)",
            (rating.exchange_id, rating.user_id, rating.at, rating.helpful, rating.reason, rating.comment),
        )

    def said(self, exchange_id: str, user_id: int) -> bool:
        """Whether a person has rated an answer before."""
        sql = "SELECT 1 FROM feedback WHERE exchange_id = ? AND user_id = ?"
        return self._connection.execute(sql, (exchange_id, user_id)).fetchone() is not None

    def unhelpful(self) -> list[Rating]:
        """Every word on an answer that did not help, oldest first."""
        rows = self._connection.execute(
            """SELECT exchange_id, user_id, at, helpful, reason, comment FROM feedback
                WHERE NOT helpful ORDER BY at, exchange_id, user_id"""
        )
        return [Rating(*[*row[:3], bool(row[3]), *row[4:]]) for row in rows]

    def counts(self) -> tuple[int, int]:
        """How many found an answer helpful, and how many did not."""
        row = self._connection.execute(
            "SELECT count(*) FILTER (WHERE helpful), count(*) FILTER (WHERE NOT helpful) FROM feedback"
        )
        return tuple(row.fetchone())
