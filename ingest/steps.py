"""The single steps of a run: sources, opened out into the rows and links that they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract.address import normal
from ingest.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.errors import SourceError
    from ingest.ahead import Frontier
    from ingest.outcome import Listed
    from ingest.sources import UrlSource


@dataclass(frozen=True, slots=True)
class RowSource:
    """One line of a JSONL file."""

    name: str
    holder: str
    line: bytes | SourceError


Step = Source | RowSource


@dataclass(frozen=True, slots=True)
class Rows:
    """What a source of many articles that came on stdin holds."""

    name: str
    steps: Iterator[Step]


class Opened(Iterator[Step]):
    """A frontier's sources, with files of many articles opened out into their rows."""

    def __init__(self, frontier: Frontier[Step], rows_of: Callable[[Source], Iterator[Step] | None]) -> None:
        self._frontier = frontier
        self._rows_of = rows_of

    def __next__(self) -> Step:
        while True:
            source = next(self._frontier)
            rows = None if isinstance(source, RowSource) else self._rows_of(source)
            if rows is None:
                return source
            self._frontier.push(rows)


class Listings:
    """Which links of feeds and sitemaps are followed: each once, and no more than the limit for each one named."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._asked: set[str] = set()
        self._root: dict[str, str] = {}
        self._followed: Counter[str] = Counter()

    def followed(self, listed: Listed) -> list[UrlSource]:
        """The listing's links that are to be read."""
        root = self._root.get(listed.source, listed.source)
        return [link for link in listed.links if self._is_followed(link, root)]

    def _is_followed(self, link: UrlSource, root: str) -> bool:
        address = normal(link.name)
        if address in self._asked:
            return False
        if link.listed == "sitemap":
            self._root[link.name] = root
        elif self._limit is not None and self._followed[root] >= self._limit:
            return False
        else:
            self._followed[root] += 1
        self._asked.add(address)
        return True
