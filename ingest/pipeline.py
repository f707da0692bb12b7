"""One ingest run: read ahead, see what is new, embed and store it batch by batch.

What a batch holds is live when the batch is done; a run that is killed has stored whole batches, and the
next run goes on from there. While one batch is embedded, the next one's sources are fetched and extracted.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Protocol

from ingest.memory import Memory
from ingest.outcome import Emptied, Failed, Listed, ListingUntouched, Missing, Read, Untouched
from ingest.plan import Planner
from ingest.prune import Gone, gone, prunable
from ingest.reader import Reader
from ingest.report import Item, Report
from ingest.sources import expand, shown_name

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from corpus.catalogue import Catalogue
    from corpus.catalogue.documents import Answered
    from corpus.catalogue.runs import RunState
    from corpus.catalogue.writer import NewVersion, Transaction
    from corpus.embedding.embedder import Embedder
    from corpus.store import Store
    from ingest.options import RunOptions
    from ingest.outcome import Outcome
    from ingest.settings import IngestSettings

BATCH_PASSAGES = 256
BATCH_ITEMS = 1_000
SEEN_MISSING = 2  # a page must be missed so often before its article is withdrawn
LISTED_AGAIN = "the feed or sitemap has not changed since it was last read"


class Progress(Protocol):
    """Told how far a run is."""

    def found(self, sources: int) -> None:
        """So many more sources are there to read."""

    def done(self, sources: int) -> None:
        """So many more sources are dealt with."""

    def embedded(self, passages: int) -> None:
        """So many more passages have their vectors."""


@dataclass(slots=True)
class Batch:
    """What waits to be stored, and what to remember once it is."""

    versions: list[tuple[NewVersion, Item]] = field(default_factory=list)
    passages: int = 0
    items: dict[int, Item] = field(default_factory=dict)
    held: list[tuple[str, str, str | None]] = field(default_factory=list)
    answers: list[tuple[str, Answered]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    no_longer_held: list[tuple[str, str]] = field(default_factory=list)
    sources: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to store it."""
        return self.passages >= BATCH_PASSAGES or self.sources >= BATCH_ITEMS


class Run:
    """One ingest run; `store` is None for a dry one, which only looks at the catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store | None,
        embedder: Embedder,
        settings: IngestSettings,
        options: RunOptions,
        now: datetime,
        progress: Progress,
        stop: threading.Event,
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._embedder = embedder
        self._settings = settings
        self._options = options
        self._now = now
        self._progress = progress
        self._stop = stop
        self._planner = Planner(catalogue, embedder, settings.chunk.max_chars)
        self._memory = Memory(catalogue)
        self._report = Report(dry_run=store is None)
        self._batch = Batch()
        self._held: dict[str, set[str]] = {}
        self._unsure: set[str] = set()
        self._listings: dict[str, Answered] = {}
        self._listed_by: dict[str, str] = {}
        self._run_id = 0

    def ingest(self, names: Sequence[str]) -> Report:
        """Bring the store up to what the named sources hold. Raises UsageError, StoreError."""
        started = time.perf_counter()
        roots = prunable(names) if self._options.prune else []
        self._begin(names)
        with Reader(self._settings, self._options, self._memory, self._now) as reader:
            self._read(names, reader)
            opened = frozenset(reader.holders)
        if not self._stop.is_set():
            self._prune(roots, opened)
            self._batch.answers += self._listings.items()
        self._flush()
        self._report.interrupted = self._stop.is_set()
        self._report.seconds = time.perf_counter() - started
        self._end()
        return self._report

    def _read(self, names: Sequence[str], reader: Reader) -> None:
        sources = list(expand(names))
        self._progress.found(len(sources))
        with closing(reader.outcomes(sources)) as outcomes:
            for outcome in outcomes:
                self._take(outcome)
                if self._stop.is_set():
                    return
                if self._batch.is_full:
                    self._flush()

    def _take(self, outcome: Outcome) -> None:
        self._batch.sources += 1
        match outcome:
            case Read() | Untouched():
                self._take_article(outcome)
            case Listed():
                self._take_listing(outcome)
            case ListingUntouched():
                self._note(Item(outcome.source, "unchanged", reason=LISTED_AGAIN))
            case Missing():
                self._take_missing(outcome)
            case Emptied():
                self._withdraw(outcome.source, outcome.article_ids, f"{outcome.error}; what it held is withdrawn")
                self._batch.no_longer_held += [(outcome.holder, article_id) for article_id in outcome.article_ids]
            case Failed():
                self._take_failure(outcome)

    def _take_article(self, outcome: Read | Untouched) -> None:
        planned = self._planner.read(outcome) if isinstance(outcome, Read) else self._planner.untouched(outcome)
        article_id = outcome.article.id if isinstance(outcome, Read) else outcome.article_id
        self._note(planned.item)
        self._held.setdefault(outcome.holder, set()).add(article_id)
        if isinstance(outcome, Read):
            # A marker only for what is stored: a second source of the address is compared each time.
            stands = planned.new or planned.item.outcome == "unchanged"
            self._batch.held.append((outcome.holder, article_id, outcome.marker if stands else None))
        if outcome.answer:
            self._batch.answers.append((outcome.holder, outcome.answer))
        if planned.new:
            self._batch.versions.append((planned.new, planned.item))
            self._batch.passages += len(planned.new.spans)

    def _take_listing(self, outcome: Listed) -> None:
        self._progress.found(len(outcome.links))
        for reason in outcome.refused:
            self._note(Item(outcome.source, "skipped", reason=reason))
        if outcome.answer:
            self._listings[outcome.holder] = outcome.answer
            self._listed_by |= {link.name: outcome.holder for link in outcome.links}

    def _take_missing(self, outcome: Missing) -> None:
        self._batch.answers.append((outcome.holder, outcome.answer))
        if outcome.answer.missing >= SEEN_MISSING:
            self._withdraw(
                outcome.source, outcome.article_ids, f"{outcome.error}, for the second time; it is withdrawn"
            )
        else:
            reason = f"{outcome.error}; what is stored of it stays until it is missed again"
            self._note(Item(outcome.source, "failed", article_id=outcome.article_ids[0], reason=reason))

    def _take_failure(self, outcome: Failed) -> None:
        self._note(Item(outcome.source, "skipped" if outcome.skipped else "failed", reason=str(outcome.error)))
        if outcome.holder:
            self._unsure.add(outcome.holder)
        # A feed is read again in full until all that it lists was read: "not modified" would hide the rest.
        self._listings.pop(self._listed_by.get(outcome.source, ""), None)

    def _withdraw(self, source: str, article_ids: Sequence[str], reason: str) -> None:
        with self._catalogue.snapshot() as snapshot:
            versions = [snapshot.live(article_id) for article_id in article_ids]
        for version in filter(None, versions):
            article = version.article
            self._note(
                Item(
                    source, "withdrawn", article.url, article.id, version.revision, article.title, article.published,
                    reason=reason,
                )
            )  # fmt: skip
            self._batch.withdrawn.append(article.id)

    def _prune(self, roots: Sequence[str], opened: frozenset[str]) -> None:
        with self._catalogue.snapshot() as snapshot:
            found = gone(roots, opened, self._held, self._unsure, snapshot) if roots else Gone((), ())
        source_of = {article_id: source for source, article_id in found.pairs}
        self._batch.no_longer_held += found.pairs
        for article_id in found.article_ids:
            self._withdraw(source_of[article_id], [article_id], "it is no longer there; what it held is withdrawn")

    def _note(self, item: Item) -> None:
        if item.outcome != "unchanged":
            self._batch.items[len(self._report.items)] = item
        self._report.items.append(item)

    def _flush(self) -> None:
        batch, self._batch = self._batch, Batch()
        if self._store is not None:
            self._store_batch(batch, self._store)
            self._planner.stories.stored()
        self._report.passages += batch.passages
        self._progress.done(batch.sources)

    def _store_batch(self, batch: Batch, store: Store) -> None:
        versions = [new for new, _ in batch.versions]
        texts = [new.article.text[span.start : span.end] for new in versions for span in new.spans]
        self._embedder.embed_into(self._catalogue, texts, self._progress.embedded)
        remember = self._to_remember(batch)
        if versions:
            # In one transaction: a run that is killed from here on has done and listed all of it.
            store.put(versions, self._now.isoformat(), remember)
        elif remember is not None:
            with self._catalogue.transaction() as transaction:
                remember(transaction)
        if batch.withdrawn or batch.no_longer_held:
            store.withdraw(batch.withdrawn, batch.no_longer_held)

    def _to_remember(self, batch: Batch) -> Callable[[Transaction], None] | None:
        """What is new in what was held, answered and done; None when all of it is known."""
        with self._catalogue.snapshot() as snapshot:
            known = {holder: snapshot.documents.held_by(holder) for holder in {one[0] for one in batch.held}}
            answers = [(url, answer) for url, answer in batch.answers if snapshot.documents.answered(url) != answer]
        held = [one for one in batch.held if known[one[0]].get(one[1], "") != one[2]]
        if not (held or answers or batch.items):
            return None

        def remember(transaction: Transaction) -> None:
            for one in held:
                transaction.documents.remember(*one)
            for url, answer in answers:
                transaction.documents.remember_answer(url, answer)
            transaction.runs.record(self._run_id, {n: asdict(item) for n, item in batch.items.items()})

        return remember

    def _begin(self, names: Sequence[str]) -> None:
        if self._store is not None:
            with self._catalogue.transaction() as transaction:
                self._run_id = transaction.runs.begin(
                    self._now.isoformat(timespec="seconds"), [shown_name(name) for name in names]
                )

    def _end(self) -> None:
        if self._store is not None:
            state: RunState = "interrupted" if self._report.interrupted else "done"
            seconds = round(self._report.seconds, 2)
            with self._catalogue.transaction() as transaction:
                transaction.runs.end(self._run_id, state, seconds, self._report.counts())
