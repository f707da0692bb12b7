"""The live articles without their texts, for leafing through and for completing what somebody types."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

COLUMNS = "v.id, v.article_id, v.revision, a.url, v.title, v.outlet, v.published, v.topics, v.story"
TABLES = "versions v JOIN articles a ON a.id = v.article_id"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A live article; `version` is the number of its stored version, which grows with every one that is stored."""

    version: int
    article_id: str
    revision: int
    url: str
    title: str
    outlet: str | None
    published: str | None
    topics: tuple[str, ...]
    story: str


class Shelf:
    """The live articles in one snapshot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def newest(self, limit: int, offset: int = 0) -> list[Shelved]:
        """Some of the live articles, the last published first."""
        return self._found("ORDER BY v.published_on DESC, v.title, a.url LIMIT ? OFFSET ?", limit, offset)

    def titled(self, words: str, limit: int) -> list[Shelved]:
        """The live articles whose title has these words in a row, in whatever case, the last published first."""
        return self._found(
            "AND instr(lower(v.title), lower(?)) ORDER BY v.published_on DESC, a.url LIMIT ?", words, limit
        )

    def stored_after(self, version: int) -> list[Shelved]:
        """The live articles whose first version was stored after a version, the last published first."""
        return self._found("AND v.revision = 1 AND v.id > ? ORDER BY v.published_on DESC, v.title, a.url", version)

    def last_version(self) -> int:
        """The number of the last version that was made live; 0 when there is none."""
        return int(
            self._connection.execute("SELECT coalesce(max(id), 0) FROM versions WHERE status <> 'pending'").fetchone()[
                0
            ]
        )

    def days(self, start: str, limit: int) -> list[tuple[str, int]]:
        """The days that begin like this on which articles were published, the last first, with how many."""
        rows: Sequence[tuple[str, int]] = self._connection.execute(
            """SELECT substr(published, 1, 10) AS day, count(*) FROM versions
                WHERE status = 'live' AND published_on > 0 AND substr(published, 1, length(?)) = ?
                GROUP BY day ORDER BY day DESC LIMIT ?""",
            (start, start, limit),
        ).fetchall()
        return list(rows)

    def _found(self, where: str, *values: object) -> list[Shelved]:
        rows = self._connection.execute(f"SELECT {COLUMNS} FROM {TABLES} WHERE v.status = 'live' {where}", values)
        return [Shelved(*[*row[:7], tuple(json.loads(row[7])), row[8]]) for row in rows]
