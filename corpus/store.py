"""The store protocol: catalogue and vectors kept in step, across kills and across processes.

One version's way in: (1) it is staged in the catalogue as `pending`, with passages; its vectors are there
already; (2) one upsert into Chroma; (3) one catalogue transaction makes it live and moves the generation;
(4) what it replaced leaves Chroma. Steps 2 to 4 are `settle`, which every writer runs when it starts: a
process killed anywhere is finished by the next one.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from corpus.catalogue import Catalogue, IndexSpec, IndexState
from corpus.catalogue.writer import NewVersion, Transaction
from corpus.errors import StoreDamaged, StoreMissing
from corpus.lock import writer_lock
from corpus.types import Article, Passage, Span, passage_id, sha256
from corpus.vectors import OWN_WRITES, Place, VectorIndex, Vectors32

Recut = tuple[NewVersion, int]  # an article cut anew, and its revision

CATALOGUE_FILE = "catalogue.sqlite3"
VECTOR_FOLDER = "chroma"
COLLECTION = "accord"
SETTLE_BATCH = 2_000


def catalogue_at(data_dir: Path) -> Catalogue:
    """The catalogue of a data directory; nothing is opened yet."""
    return Catalogue(data_dir / CATALOGUE_FILE)


def place_of(data_dir: Path, url: str | None) -> Place:
    """Where the vectors of a data directory live."""
    return Place(data_dir / VECTOR_FOLDER, url)


class Store:
    """A store opened for writing: hold it through `open_for_writing`."""

    def __init__(self, catalogue: Catalogue, place: Place) -> None:
        self.catalogue = catalogue
        self._vectors = VectorIndex(place)

    def put(
        self, versions: Sequence[NewVersion], now: str, beside: Callable[[Transaction], None] | None = None
    ) -> list[int]:
        """Store versions in one step; each one's vectors are saved already. Returns their revisions.

        `beside` writes what belongs to the versions in the transaction that stages them.
        """
        with self.catalogue.transaction() as transaction:
            revisions = [transaction.stage(new, now) for new in versions]
            if beside is not None:
                beside(transaction)
        self.settle()
        return revisions

    def withdraw(self, article_ids: Iterable[str], no_longer_held: Iterable[tuple[str, str]] = ()) -> None:
        """Take articles out of search; their texts stay in the catalogue for old answers.

        `no_longer_held` are (source, article id) pairs to forget in the same step.
        """
        with self.catalogue.transaction() as transaction:
            transaction.documents.forget(no_longer_held)
            for article_id in article_ids:
                transaction.withdraw(article_id)
        self.settle()

    def ensure_index(self, spec: IndexSpec) -> IndexSpec:
        """What the store is built with; a store without vectors yet is made with `spec`."""
        with self.catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
        if state is not None:
            return state.spec
        # A name that no other store has: several may share a Chroma server. The row comes last: killed in
        # between, the next writer makes another collection, and the first rebuild removes the lost one.
        name = f"{COLLECTION}-{secrets.token_hex(4)}-1"
        self._vectors.create(name, spec)
        with self.catalogue.transaction() as transaction:
            transaction.create_index(name, spec)
        return spec

    def settle(self) -> None:
        """Steps 2 to 4 for whatever is pending or left over. Raises StoreDamaged when the vectors are not there."""
        with self.catalogue.snapshot() as snapshot:
            state = _state(self.catalogue, snapshot.index_state())
            pending = list(snapshot.passages_of("pending"))
            unfinished = bool(snapshot.counts().pending)
            garbage = snapshot.garbage()
        self._vectors.open(state.collection, OWN_WRITES, state.spec)
        if not (unfinished or garbage):
            return
        self._upsert(pending, state.spec)
        if unfinished:
            with self.catalogue.transaction() as transaction:
                transaction.flip()
        self._sweep()

    def rebuild(self, spec: IndexSpec, versions: Sequence[Recut]) -> None:
        """Fill a new collection with these versions, check it, then flip the one row that names it."""
        with self.catalogue.snapshot() as snapshot:
            name = _next_collection(_state(self.catalogue, snapshot.index_state()).collection)
        self._vectors.create(name, spec)
        passages = [found for new, revision in versions for found in cut(new.article, revision, new.spans)]
        self._upsert(passages, spec)
        ids = [passage.id for passage, _ in passages]
        if self._vectors.holds(ids) != set(ids):
            raise StoreDamaged(f"The new collection {name} is not whole; the store is as it was. Try again.")
        with self.catalogue.transaction() as transaction:
            transaction.replace_index(name, spec, [new for new, _ in versions])
        self._vectors.drop_older(name)

    def discard_vectors(self) -> None:
        """Throw unreadable vectors away; everything needed to make them again is in the catalogue."""
        self._vectors.discard()
        with self.catalogue.transaction() as transaction:
            transaction.flip()

    def close(self) -> None:
        """Let go of Chroma."""
        self._vectors.close()

    def _upsert(self, passages: Sequence[tuple[Passage, str]], spec: IndexSpec) -> None:
        for first in range(0, len(passages), SETTLE_BATCH):
            part = passages[first : first + SETTLE_BATCH]
            with self.catalogue.snapshot() as snapshot:
                known = snapshot.known_vectors(spec.vectors.model, (text_hash for _, text_hash in part))
            self._vectors.upsert([passage for passage, _ in part], stack(known, [h for _, h in part]))

    def _sweep(self) -> None:
        with self.catalogue.snapshot() as snapshot:
            garbage = snapshot.garbage()
        if garbage:
            self._vectors.delete(garbage)
            with self.catalogue.transaction() as transaction:
                transaction.swept(garbage)


@contextmanager
def open_for_writing(data_dir: Path, url: str | None, spec: IndexSpec, purpose: str) -> Iterator[Store]:
    """The store, made if there is none, with the writer lock held and everything unfinished settled.

    Raises StoreBusy when another process writes, StoreMismatch when it was built with another `spec`.
    """
    with _locked(data_dir, url, purpose) as store:
        stored = store.ensure_index(spec)
        store.settle()
        spec.check(stored)
        yield store


@contextmanager
def open_for_rebuild(data_dir: Path, url: str | None, spec: IndexSpec) -> Iterator[Store]:
    """Like `open_for_writing`, for a store that may have been built with another spec or lost its vectors."""
    if not catalogue_at(data_dir).path.is_file():
        raise StoreMissing(f"There is no store in {data_dir}. Run `accord ingest` first, or name another --data-dir.")
    with _locked(data_dir, url, "accord rebuild") as store:
        store.ensure_index(spec)
        try:
            store.settle()
        except StoreDamaged:
            store.discard_vectors()
        yield store


@contextmanager
def open_for_looking(data_dir: Path, spec: IndexSpec) -> Iterator[Catalogue]:
    """The catalogue, for finding out what a writer would do; an empty one elsewhere where there is none.

    Raises StoreMismatch when it was built with another `spec`.
    """
    catalogue = catalogue_at(data_dir)
    if catalogue.path.is_file():
        with catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
        if state is not None:
            spec.check(state.spec)
        yield catalogue
        return
    with tempfile.TemporaryDirectory(prefix="accord-dry-run-") as folder:
        empty = catalogue_at(Path(folder))
        empty.create()
        yield empty


@contextmanager
def _locked(data_dir: Path, url: str | None, purpose: str) -> Iterator[Store]:
    with writer_lock(data_dir, purpose):
        catalogue = catalogue_at(data_dir)
        catalogue.create()
        store = Store(catalogue, place_of(data_dir, url))
        try:
            yield store
        finally:
            store.close()


def cut(article: Article, revision: int, spans: Sequence[Span]) -> list[tuple[Passage, str]]:
    """The passages of an article, each with its text's hash."""
    texts = [article.text[span.start : span.end] for span in spans]
    return [
        (
            Passage(
                id=passage_id(article.id, revision, n),
                article_id=article.id,
                revision=revision,
                start=span.start,
                end=span.end,
                text=text,
                url=article.url,
                title=article.title,
                outlet=article.outlet,
                publisher=article.publisher,
                published=article.published,
            ),
            sha256(text),
        )
        for n, (span, text) in enumerate(zip(spans, texts, strict=True))
    ]


def stack(known: Mapping[str, bytes], hashes: Sequence[str]) -> Vectors32:
    """Stored vectors in the order of the hashes, shape (len(hashes), dimension)."""
    return np.stack([np.frombuffer(known[text_hash], dtype="<f4") for text_hash in hashes])


def _state(catalogue: Catalogue, state: IndexState | None) -> IndexState:
    if state is None:
        raise StoreDamaged(f"{catalogue.path} has no index row. Move it away and ingest again.")
    return state


def _next_collection(name: str) -> str:
    base, _, number = name.rpartition("-")
    return f"{base}-{int(number) + 1}"
