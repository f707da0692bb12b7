"""What files and web addresses held when they were last read."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """What a web address answered last. `scope` names the limits under which a feed was read."""

    scope: str = ""
    etag: str | None = None
    last_modified: str | None = None
    missing: int = 0


class Documents:
    """The tables `documents` and `fetched`, inside a snapshot or a transaction (writing needs the latter)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def held_by(self, source: str) -> dict[str, str | None]:
        """Marker by article id, of the live articles that a source held."""
        return dict(
            self._connection.execute(
                """SELECT d.article_id, d.marker FROM documents d
                     JOIN versions v ON v.article_id = d.article_id AND v.status = 'live' WHERE d.source = ?""",
                (source,),
            ).fetchall()
        )

    def inside(self, folder: str) -> Iterator[tuple[str, str]]:
        """(source, article id) of everything read from below a folder's address, or from this very file."""
        below = folder.rstrip("/") + "/"
        yield from self._connection.execute(
            "SELECT source, article_id FROM documents WHERE source = ? OR substr(source, 1, length(?)) = ?",
            (folder, below, below),
        )

    def elsewhere(self, article_id: str, sources: Iterable[str]) -> bool:
        """Whether the article was also read from a source that is not among these."""
        rows = self._connection.execute("SELECT source FROM documents WHERE article_id = ?", (article_id,))
        return not {source for (source,) in rows} <= set(sources)

    def was_fetched(self, article_id: str) -> bool:
        """Whether the article was read from a web address."""
        sql = "SELECT 1 FROM documents WHERE article_id = ? AND source LIKE 'http%' LIMIT 1"
        return self._connection.execute(sql, (article_id,)).fetchone() is not None

    def answered(self, url: str) -> Answered | None:
        """What the address answered last, or None when it was never read."""
        row = self._connection.execute(
            "SELECT scope, etag, last_modified, missing FROM fetched WHERE url = ?", (url,)
        ).fetchone()
        return row and Answered(*row)

    def remember(self, source: str, article_id: str, marker: str | None) -> None:
        """Note that a source holds an article, and what it looked like."""
        self._connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", (source, article_id, marker))

    def forget(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The sources hold these articles no more."""
        self._connection.executemany("DELETE FROM documents WHERE source = ? AND article_id = ?", list(pairs))

    def remember_answer(self, url: str, answer: Answered) -> None:
        """Note what an address answered."""
        self._connection.execute(
            "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?)",
            (url, answer.scope, answer.etag, answer.last_modified, answer.missing),
        )
