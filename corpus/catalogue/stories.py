"""Which articles tell one story: copies of a wire report on several outlets."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """A live article that tells a story."""

    article_id: str
    url: str
    outlet: str | None
    published_on: int


@dataclass(frozen=True, slots=True)
class StoryCandidate:
    """A stored article that may tell the same story."""

    article_id: str
    story: str
    title: str
    outlet: str | None
    text: str


class Stories:
    """What is known of stories, inside a snapshot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def candidates(self, bands: Sequence[int], other_than: str, fewest: int, most: int) -> list[StoryCandidate]:
        """The `most` live articles that share most bands, `fewest` at least, those that share most first."""
        rows = self._connection.execute(
            f"""SELECT v.article_id, v.story, v.title, v.outlet, v.text
                  FROM (SELECT version_id, count(*) AS shared FROM story_bands
                         WHERE band IN ({", ".join("?" * len(bands))}) GROUP BY version_id
                        HAVING shared >= ? ORDER BY shared DESC, version_id LIMIT ?) b
                  JOIN versions v ON v.id = b.version_id AND v.status = 'live' AND v.article_id <> ?
                 ORDER BY b.shared DESC, v.id""",
            (*bands, fewest, most, other_than),
        )
        return [StoryCandidate(*row) for row in rows]

    def copies(self, stories: Iterable[str]) -> dict[str, list[Copy]]:
        """The live articles of each story, the one that was stored first first."""
        found: dict[str, list[Copy]] = {}
        for story in dict.fromkeys(stories):
            rows = self._connection.execute(
                """SELECT v.article_id, a.url, v.outlet, v.published_on
                     FROM versions v JOIN articles a ON a.id = v.article_id
                    WHERE v.story = ? AND v.status = 'live'
                    ORDER BY (SELECT min(w.id) FROM versions w WHERE w.article_id = v.article_id)""",
                (story,),
            )
            found[story] = [Copy(*row) for row in rows]
        return found
