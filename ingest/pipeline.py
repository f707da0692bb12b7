"""One ingest run: read everything, see what is new, then embed and store it batch by batch.

What a batch holds is live when the batch is done; a run that is killed has stored whole batches, and the
next run goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from corpus.catalogue.writer import NewVersion
from ingest.chunk import chunk
from ingest.read import Origin, Outcome, Read, Reader, Untouched
from ingest.report import Item, Report
from ingest.sources import Unreadable, expand

if TYPE_CHECKING:
    from datetime import datetime

    from corpus.embedding.embedder import Embedder
    from corpus.store import Store
    from corpus.types import Article, Span
    from ingest.settings import IngestSettings

BATCH_PASSAGES = 256


class Progress(Protocol):
    """Told how far a run is."""

    def reading(self, done: int, total: int) -> None:
        """Sources read, of how many."""

    def embedding(self, done: int, total: int) -> None:
        """Passages embedded, of how many."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A new or changed article, cut, with the item that reports it."""

    new: NewVersion
    origin: Origin | None
    item: Item


class Run:
    """One ingest run into an open store."""

    def __init__(
        self, store: Store, embedder: Embedder, settings: IngestSettings, now: datetime, progress: Progress
    ) -> None:
        self._store = store
        self._catalogue = store.catalogue
        self._embedder = embedder
        self._settings = settings
        self._now = now
        self._progress = progress
        self._planned: list[Planned] = []
        self._seen: set[str] = set()
        self._report = Report()

    def ingest(self, names: Sequence[str]) -> Report:
        """Bring the store up to what the named sources hold."""
        started = time.perf_counter()
        self._read(names)
        self._store_all()
        self._report.seconds = time.perf_counter() - started
        return self._report

    def _read(self, names: Sequence[str]) -> None:
        sources = list(expand(names))
        with Reader(self._settings.fetch, self._now, self._remembered) as reader:
            for done, source in enumerate(sources):
                self._progress.reading(done, len(sources))
                for outcome in reader.read(source):
                    self._report.items.append(self._plan(outcome))
        self._progress.reading(len(sources), len(sources))

    def _remembered(self, source: str) -> tuple[str, str] | None:
        with self._catalogue.snapshot() as snapshot:
            return snapshot.document(source)

    def _plan(self, outcome: Outcome) -> Item:
        if isinstance(outcome, Unreadable):
            return Item(outcome.name, "skipped" if outcome.skipped else "failed", reason=str(outcome.error))
        if isinstance(outcome, Untouched):
            self._seen.add(outcome.article_id)
            return self._unchanged(outcome.source, outcome.article_id)
        article = outcome.article
        if article.id in self._seen:
            reason = "another article with this address came earlier in this run; that one was kept"
            return Item(outcome.source, "duplicate", article.url, article.id, title=article.title, reason=reason)
        self._seen.add(article.id)
        with self._catalogue.snapshot() as snapshot:
            stored = snapshot.content_hash(article.id)
        if stored == article.content_hash:
            return self._unchanged(outcome.source, article.id)
        return self._changed(outcome, known=stored is not None)

    def _unchanged(self, source: str, article_id: str) -> Item:
        with self._catalogue.snapshot() as snapshot:
            version = snapshot.live(article_id)
        item = Item(source, "unchanged", article_id=article_id)
        if version is not None:
            item.url, item.title, item.published = (
                version.article.url,
                version.article.title,
                version.article.published,
            )
            item.revision, item.passages = version.revision, version.passages
        return item

    def _changed(self, read: Read, *, known: bool) -> Item:
        article = read.article
        spans = self._cut(article)
        item = Item(
            read.source,
            "changed" if known else "added",
            article.url,
            article.id,
            title=article.title,
            published=article.published,
            passages=len(spans),
        )
        self._planned.append(Planned(NewVersion(article, spans), read.origin, item))
        return item

    def _cut(self, article: Article) -> Sequence[Span]:
        embedder = self._embedder
        return chunk(article.text, self._settings.chunk.max_chars, embedder.max_tokens, embedder.count_tokens)

    def _store_all(self) -> None:
        total = sum(len(planned.new.spans) for planned in self._planned)
        done = 0

        def progress(passages: int) -> None:
            nonlocal done
            done += passages
            self._progress.embedding(done, total)

        for batch in _batches(self._planned):
            self._store_batch(batch, progress)

    def _store_batch(self, batch: Sequence[Planned], progress: Callable[[int], None]) -> None:
        texts = [planned.new.article.text[span.start : span.end] for planned in batch for span in planned.new.spans]
        self._embedder.embed_into(self._catalogue, texts, progress)
        revisions = self._store.put([planned.new for planned in batch], self._now.isoformat())
        for planned, revision in zip(batch, revisions, strict=True):
            planned.item.revision = revision
        self._remember(batch)

    def _remember(self, batch: Sequence[Planned]) -> None:
        with self._catalogue.transaction() as transaction:
            for planned in batch:
                if planned.origin:
                    origin = planned.origin
                    transaction.remember_document(origin.url, origin.marker, planned.new.article.id)


def _batches(planned: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Whole articles, together about `BATCH_PASSAGES` passages."""
    batch: list[Planned] = []
    size = 0
    for one in planned:
        batch.append(one)
        size += len(one.new.spans)
        if size >= BATCH_PASSAGES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
