"""From sources to articles: open or fetch each one, and have what it holds extracted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import IO, TYPE_CHECKING, BinaryIO, Self

import structlog

from corpus.catalogue.documents import Answered
from corpus.errors import SourceEmpty, SourceError, SourceSkipped
from corpus.types import Article
from ingest.ahead import Frontier, ahead
from ingest.document import Document
from ingest.extract import EXTRACTOR_VERSION, extract
from ingest.extract.address import is_web_address, normal
from ingest.memory import Memory, marked
from ingest.outcome import Emptied, Failed, Listed, ListingUntouched, Missing, Outcome, Read, Untouched
from ingest.sources import FileSource, Hints, ListingSource, Source, StdinSource, Unreadable, UrlSource, sniffed
from ingest.steps import Listings, Opened, Rows, RowSource, Step
from ingest.worker import Workers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from datetime import datetime

    from ingest.fetch import Fetched, Fetcher, NotModified, Validators
    from ingest.memory import Page
    from ingest.options import RunOptions
    from ingest.settings import IngestSettings

NO_HINTS = Hints()
WINDOW = 64  # sources read ahead of the one that is being stored

log = structlog.get_logger(__name__)


class Reader(AbstractContextManager["Reader"]):
    """Reads sources; holds the processes that extract and the connections that fetch while it is open."""

    def __init__(self, settings: IngestSettings, options: RunOptions, memory: Memory, now: datetime) -> None:
        fetch = settings.fetch
        self._settings = settings
        self._options = options
        self._memory = memory
        self._now = now
        self._open = ExitStack()
        self._fetcher: Fetcher | None = None
        self._workers = self._open.enter_context(
            Workers(
                jobs=min(options.jobs, os.cpu_count() or 1),
                timeout_s=fetch.extract_timeout_s,
                memory_bytes=fetch.extract_memory_mb * 1_000_000,
            )
        )
        self.holders: set[str] = set()  # every file that was opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def outcomes(self, sources: Iterable[Source]) -> Generator[Outcome]:
        """What each source holds, in order. A fault ends in `Failed`, never in an exception."""
        from ingest.fetch import Fetcher

        settings = self._settings
        fetcher = Fetcher(settings.fetch, allow_private_hosts=settings.allow_private_hosts)
        self._fetcher = self._open.enter_context(fetcher)
        frontier: Frontier[Step] = Frontier(sources)
        listings = Listings(self._options.limit)
        for outcome in ahead(self._read, Opened(frontier, self._rows_of), self._options.jobs, WINDOW):
            if isinstance(outcome, Rows):
                frontier.push(outcome.steps)
                continue
            if isinstance(outcome, Listed):
                frontier.push(listings.followed(outcome))
            yield outcome

    def _rows_of(self, source: Source) -> Iterator[Step] | None:
        """The rows of a file that holds many articles; None for any other source."""
        if not isinstance(source, FileSource):
            return None
        self.holders.add(source.url)
        return self._rows(source) if source.kind == "jsonl" else None

    def _rows(self, source: FileSource) -> Iterator[Step]:
        try:
            with source.open() as lines:
                yield from self._lines(source.name, source.url, lines)
        except SourceError as error:
            yield RowSource(source.name, source.url, error)
        except OSError as error:
            yield RowSource(source.name, source.url, _unreadable(error))

    def _lines(self, name: str, holder: str, lines: IO[bytes]) -> Iterator[Step]:
        from ingest.extract.jsonl import row_lines

        for number, line in row_lines(lines, self._settings.fetch.max_bytes):
            yield RowSource(f"{name}:{number}", holder, line)

    def _read(self, source: Step) -> Outcome | Rows:
        holder = source.url if isinstance(source, FileSource) else getattr(source, "holder", None)
        try:
            return self._outcome(source)
        except SourceError as error:
            return Failed(source.name, error, isinstance(error, SourceSkipped), holder)
        except OSError as error:
            return Failed(source.name, _unreadable(error), holder=holder)
        except Exception as error:  # one source must never end the run for the others
            log.debug("extraction_failed", source=source.name, exc_info=True)
            reason = f"it could not be read ({type(error).__name__}); please report it with the source"
            return Failed(source.name, SourceError(reason), holder=holder)

    def _outcome(self, source: Step) -> Outcome | Rows:
        if isinstance(source, Unreadable):
            return Failed(source.name, source.error, source.skipped, source.holder)
        if isinstance(source, RowSource):
            return self._row(source)
        if isinstance(source, UrlSource):
            return self._page(source)
        if isinstance(source, FileSource):
            return self._file(source)
        if isinstance(source, ListingSource):
            return self._listed(source.name, source.url, source.read(self._settings.fetch.max_bytes))
        return self._stdin(source)

    def _row(self, source: RowSource) -> Outcome:
        from ingest.extract.jsonl import needs_worker, row

        if isinstance(source.line, SourceError):
            raise source.line
        try:
            if needs_worker(source.line):
                article = self._workers.call(row, source.name, source.line, self._now)
            else:
                article = row(source.name, source.line, self._now)
        except SourceEmpty as error:
            return self._emptied_row(source, source.line, error)
        return self._found(source.name, source.holder, article, None)

    def _emptied_row(self, source: RowSource, line: bytes, error: SourceEmpty) -> Outcome:
        article_id = _article_in(line)
        if article_id in self._memory.held_by(source.holder):
            return Emptied(source.name, source.holder, [article_id], error)
        raise error

    def _file(self, source: FileSource) -> Outcome:
        document = Document(
            source.name, source.url, source.kind, source.read(self._settings.fetch.max_bytes), self._now
        )
        try:
            return self._document(document, source.url)
        except SourceEmpty as error:
            held = self._memory.held_by(source.url)
            if held:
                return Emptied(source.name, source.url, held, error)
            raise

    def _stdin(self, source: StdinSource) -> Outcome | Rows:
        limit = self._settings.fetch.max_bytes
        data = _stdin().read(limit + 1)
        if len(data) > limit:
            raise SourceError(f"more than {limit:,} bytes came in; give files, or raise ACCORD_FETCH__MAX_BYTES")
        kind = sniffed(data)
        url = f"stdin:{hashlib.sha256(data).hexdigest()[:16]}"
        if kind == "listing":
            return self._listed(source.name, url, data)
        if kind == "jsonl":
            return Rows(source.name, self._lines(source.name, url, io.BytesIO(data)))
        return self._document(Document(source.name, url, kind, data, self._now), url)

    def _page(self, source: UrlSource) -> Outcome:
        from ingest.fetch import Gone, NotModified, Validators

        holder = normal(source.name)
        known = self._memory.page(holder)
        # A feed that was read within other limits held other articles: "not modified" says nothing about these.
        usable = known.is_current if known.article_ids else known.answer.scope == self._options.scope
        validators = Validators(known.answer.etag, known.answer.last_modified) if usable else None
        try:
            page = self._fetch(source.name, validators)
        except Gone as error:
            return self._missing(source, holder, known, error)
        if isinstance(page, NotModified):
            if known.article_ids:
                return Untouched(source.name, holder, known.article_ids[0])
            return ListingUntouched(source.name)
        if page.kind == "listing":
            if source.listed == "page":
                raise SourceSkipped("it is a feed or sitemap, not an article; name it by itself to read it")
            answer = _answer(page, self._options.scope)
            return self._listed(source.name, page.url, page.data, answer, holder, nested=source.listed == "sitemap")
        document = Document(source.name, page.url, page.kind, page.data, self._now, page.charset)
        return self._document(document, holder, _answer(page, ""), source.hints)

    def _fetch(self, url: str, validators: Validators | None) -> Fetched | NotModified:
        if self._fetcher is None:
            raise RuntimeError("sources are read through outcomes()")
        return self._fetcher.fetch(url, validators)

    def _listed(
        self,
        name: str,
        url: str,
        data: bytes,
        answer: Answered | None = None,
        holder: str | None = None,
        *,
        nested: bool = False,
    ) -> Outcome:
        from ingest.listing import read_listing, selected

        found = self._workers.call(read_listing, data, url, self._now)
        leads_on = any(link.is_sitemap for link in found.links)
        if leads_on and nested:
            # As the protocol has it; an index that listed another one, and so on, would never end.
            raise SourceError("it is an index of sitemaps inside another one; name it by itself to read it")
        chosen = selected(found.links, self._options.since, self._options.limit)
        if not chosen and not found.refused:
            raise SourceSkipped("it lists no articles" + (" within --since and --limit" if found.links else ""))
        sources = [UrlSource(link.url, link.hints, "sitemap" if link.is_sitemap else "page") for link in chosen]
        # What an index leads to changes without it: "not modified" would say nothing about that.
        return Listed(name, holder or url, sources, found.refused, None if leads_on else answer)

    def _document(
        self, document: Document, holder: str, answer: Answered | None = None, hints: Hints = NO_HINTS
    ) -> Outcome:
        marker = f"{EXTRACTOR_VERSION}:{hashlib.sha256(document.data).hexdigest()}"
        known = self._memory.article_with(holder, marker)
        if known:
            return Untouched(document.source, holder, known, answer)
        article = self._workers.call(extract, document)
        article = _with_hints(article, hints, self._now)
        marker = marked(marker, article.content_hash)
        found = self._found(document.source, holder, article, marker, answer)
        # A page that was saved names its address itself.
        return replace(found, says_so_itself=document.kind in {"html", "mail"} and not is_web_address(holder))

    def _found(
        self, source: str, holder: str, article: Article, marker: str | None, answer: Answered | None = None
    ) -> Read:
        from ingest.stories import bands

        same = self._memory.holds(article.id, article.content_hash)
        return Read(source, holder, article, marker, None if same else bands(article.text), answer)

    def _missing(self, source: UrlSource, holder: str, page: Page, error: SourceError) -> Outcome:
        if not page.article_ids:
            raise error
        answer = replace(page.answer, etag=None, last_modified=None, missing=page.answer.missing + 1)
        return Missing(source.name, holder, page.article_ids, answer, error)


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise SourceError("there is nothing to read from: stdin is closed; pipe an article into it, or name a source")
    return sys.stdin.buffer


def _answer(page: Fetched, scope: str) -> Answered:
    return Answered(scope, page.validators.etag, page.validators.last_modified)


def _with_hints(article: Article, hints: Hints, now: datetime) -> Article:
    """What the feed says of its article, where the page itself says nothing."""
    from ingest.extract.normalise import finished

    if hints == NO_HINTS:
        return article
    filled = replace(
        article,
        title=article.title or hints.title or "",
        published=article.published or hints.published,
        authors=article.authors or hints.authors,
        outlet=article.outlet or hints.outlet,
    )
    return finished(filled, now)


def _article_in(line: bytes) -> str:
    """The id of the article that a JSONL row names; empty when it names none."""
    try:
        return Article(normal(str(json.loads(line)["url"])), "", "").id
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _unreadable(error: OSError) -> SourceError:
    return SourceError(f"it cannot be read ({error.strerror or error}); check its permissions")
