"""What the bot keeps of the servers that it is in, and of itself."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

Every = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class DigestOrder:
    """A channel that wants to be told of new articles: when it last was, and the last version that it was told of."""

    channel_id: int
    guild_id: int
    every: Every
    sent_at: str
    told_until: int


@dataclass(frozen=True, slots=True)
class FollowedThread:
    """A thread in which no mention is needed, unless the bot was asked to be quiet."""

    id: int
    quiet: bool
    last_at: str


@dataclass(frozen=True, slots=True)
class AdminAction:
    """Who did what, when."""

    at: str
    guild_id: int
    user_id: int
    action: str
    detail: str


class Servers:
    """Settings, threads, digests, admin actions and the bot's own state, in a snapshot or a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def settings(self, guild_id: int) -> dict[str, Any]:
        """A server's settings by name."""
        rows = self._connection.execute("SELECT name, value FROM server_settings WHERE guild_id = ?", (guild_id,))
        return {name: json.loads(value) for name, value in rows}

    def set(self, guild_id: int, name: str, value: Any) -> None:
        """Keep one setting of a server."""
        row = (guild_id, name, json.dumps(value))
        self._connection.execute("INSERT OR REPLACE INTO server_settings VALUES (?, ?, ?)", row)

    def thread(self, thread_id: int) -> FollowedThread | None:
        """A thread that is followed, or None."""
        sql = "SELECT id, quiet, last_at FROM followed_threads WHERE id = ?"
        row = self._connection.execute(sql, (thread_id,)).fetchone()
        return row and FollowedThread(row[0], bool(row[1]), row[2])

    def follow(self, thread_id: int, now: str, *, quiet: bool = False) -> None:
        """Follow a thread from now on, or be quiet in it."""
        self._connection.execute("INSERT OR REPLACE INTO followed_threads VALUES (?, ?, ?)", (thread_id, quiet, now))

    def digests(self) -> list[DigestOrder]:
        """The channels that want a digest."""
        rows = self._connection.execute(
            "SELECT channel_id, guild_id, every, sent_at, told_until FROM digests ORDER BY channel_id"
        )
        return [DigestOrder(*row) for row in rows]

    def order_digest(self, order: DigestOrder) -> None:
        """A channel wants a digest from now on, or was told until now."""
        row = (order.channel_id, order.guild_id, order.every, order.sent_at, order.told_until)
        self._connection.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?, ?, ?)", row)

    def told(self, order: DigestOrder) -> None:
        """A channel was told, if it still wants to be."""
        sql = "UPDATE digests SET sent_at = ?, told_until = ? WHERE channel_id = ?"
        self._connection.execute(sql, (order.sent_at, order.told_until, order.channel_id))

    def leave(self, guild_id: int) -> None:
        """The bot is no longer in a server: its channels get no digest."""
        self._connection.execute("DELETE FROM digests WHERE guild_id = ?", (guild_id,))

    def end_digest(self, channel_id: int) -> None:
        """A channel wants none any more."""
        self._connection.execute("DELETE FROM digests WHERE channel_id = ?", (channel_id,))

    def note(self, action: AdminAction) -> None:
        """Keep who did what."""
        self._connection.execute(
            "INSERT INTO admin_actions (at, guild_id, user_id, action, detail) VALUES (?, ?, ?, ?, ?)",
            (action.at, action.guild_id, action.user_id, action.action, action.detail),
        )

    def actions(self, guild_id: int, limit: int) -> list[AdminAction]:
        """A server's latest admin actions, newest first."""
        rows = self._connection.execute(
            """SELECT at, guild_id, user_id, action, detail FROM admin_actions WHERE guild_id = ?
                ORDER BY id DESC LIMIT ?""",
            (guild_id, limit),
        )
        return [AdminAction(*row) for row in rows]

    def state(self, name: str) -> str | None:
        """What the bot remembers of itself under a name, or None."""
        row = self._connection.execute("SELECT value FROM bot_state WHERE name = ?", (name,)).fetchone()
        return row and str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Keep something under a name."""
        self._connection.execute("INSERT OR REPLACE INTO bot_state VALUES (?, ?)", (name, value))
