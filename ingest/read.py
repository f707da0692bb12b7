"""From sources to articles: fetch or open each one and extract what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

import structlog

from corpus.errors import SourceError
from corpus.types import Article
from ingest.document import Document
from ingest.extract import EXTRACTOR_VERSION, extract
from ingest.extract.html import HtmlExtractor
from ingest.sources import FileSource, Source, Unreadable, UrlSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.settings import FetchSettings

    # (marker, article id) of a source that was read before, or None.
    Remembered = Callable[[str], tuple[str, str] | None]


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was read, and a marker that tells its content from any other."""

    url: str
    marker: str


@dataclass(frozen=True, slots=True)
class Read:
    """One article. `origin` is set when a whole document was read for it."""

    source: str
    article: Article
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Untouched:
    """A source that holds what it held when it was last read."""

    source: str
    article_id: str


Outcome = Read | Untouched | Unreadable


class Reader(AbstractContextManager["Reader"]):
    """Reads sources; holds the process that extracts HTML while it is open."""

    def __init__(self, settings: FetchSettings, now: datetime, remembered: Remembered) -> None:
        self._settings = settings
        self._now = now
        self._remembered = remembered
        self._html = HtmlExtractor(settings.extract_timeout_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._html.close()

    def read(self, source: Source) -> Iterator[Outcome]:
        """Everything that one source holds. A fault ends in `Unreadable`, never in an exception."""
        if isinstance(source, Unreadable):
            yield source
            return
        try:
            if isinstance(source, FileSource) and source.kind == "jsonl":
                yield from self._rows(source)
            else:
                yield self._document(self._load(source))
        except SourceError as error:
            yield Unreadable(source.name, error)
        except OSError as error:
            reason = f"it cannot be read ({error.strerror or error}); check its permissions"
            yield Unreadable(source.name, SourceError(reason))
        except Exception as error:  # one source must never end the run for the others
            log.debug("extraction_failed", source=source.name, exc_info=True)
            reason = f"it could not be read ({type(error).__name__}); please report it with the file"
            yield Unreadable(source.name, SourceError(reason))

    def _load(self, source: FileSource | UrlSource) -> Document:
        if isinstance(source, FileSource):
            return Document(source.name, source.url, source.kind, self._bytes(source), self._now)
        from ingest.fetch import fetch

        page = fetch(source.name, self._settings)
        return Document(source.name, page.url, page.kind, page.data, self._now, page.charset)

    def _bytes(self, source: FileSource) -> bytes:
        size, limit = source.path.stat().st_size, self._settings.max_bytes
        if size > limit:
            raise SourceError(
                f"it is too large ({size / 1e6:.1f} MB; the limit is {limit / 1e6:.1f} MB); "
                "split it, or raise ACCORD_FETCH__MAX_BYTES"
            )
        return source.path.read_bytes()

    def _document(self, document: Document) -> Outcome:
        marker = f"{EXTRACTOR_VERSION}:{hashlib.sha256(document.data).hexdigest()}"
        known = self._remembered(document.url)
        if known and known[0] == marker:
            return Untouched(document.source, known[1])
        return Read(document.source, extract(document, self._html), Origin(document.url, marker))

    def _rows(self, source: FileSource) -> Iterator[Outcome]:
        from ingest.extract.jsonl import rows

        with source.path.open("rb") as lines:
            for name, found in rows(
                source.name, lines, now=self._now, html=self._html, max_bytes=self._settings.max_bytes
            ):
                yield Unreadable(name, found) if isinstance(found, SourceError) else Read(name, found)
