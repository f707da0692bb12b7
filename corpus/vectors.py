"""The vectors in Chroma: the only module that knows chromadb.

What Chroma is trusted with is small: one upsert is seen whole, and what it acknowledged is there after a
kill. It is not trusted to show what another process wrote (the client is reopened when the catalogue's
generation moves), to count, or to split batches.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.catalogue import IndexSpec
from corpus.errors import ServiceUnreachable, StoreDamaged
from corpus.types import Filters, Passage, day_number

if TYPE_CHECKING:
    from chromadb.api.client import Client

Vectors32 = npt.NDArray[np.float32]

# Exact matches are missed with the defaults on unfavourable data; with these almost never.
HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 400,
    "ef_search": 400,
}
DELETE_BATCH = 500
OWN_WRITES = -1  # the generation of a client that is the only writer and so never out of date
REMEDY = "Run `accord rebuild` to make the vectors anew from the catalogue."


@dataclass(frozen=True, slots=True)
class Place:
    """Where the vectors live: a folder, or a Chroma server's address."""

    folder: Path
    url: str | None = None


class VectorIndex:
    """One collection, opened at one generation of the catalogue. Safe to use from several threads."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client: Client | None = None
        self._collection: Any = None
        self._opened: tuple[str, int] | None = None
        # Closing a client while another thread queries it raises AttributeErrors inside Chroma.
        self._lock = threading.Lock()

    def create(self, name: str, spec: IndexSpec) -> None:
        """Make the collection anew, recording what its vectors are made with."""
        with self._lock:
            client = self._connect()
            if name in {collection.name for collection in client.list_collections()}:
                client.delete_collection(name)
            self._collection = client.create_collection(
                name, metadata=_metadata(spec), configuration={"hnsw": HNSW}, embedding_function=None
            )
            self._opened = (name, OWN_WRITES)

    def open(self, name: str, generation: int, spec: IndexSpec) -> None:
        """Use this collection as of this generation, reopening the client if it is of another one.

        Raises StoreDamaged when the collection is not there or was not made with `spec`.
        """
        with self._lock:
            if self._opened == (name, generation):
                return
            self._close()
            self._collection = self._get(name)
            if {key: self._collection.metadata.get(key) for key in _metadata(spec)} != _metadata(spec):
                raise StoreDamaged(f"The vectors in {self._where} are not those of the catalogue. {REMEDY}")
            self._opened = (name, generation)

    def upsert(self, passages: Sequence[Passage], vectors: Vectors32) -> None:
        """Write passages with their vectors, shape (len(passages), dimension), in batches Chroma can take."""
        with self._lock, self._written():
            batch = self._connect().get_max_batch_size()
            for first in range(0, len(passages), batch):
                part = passages[first : first + batch]
                self._collection.upsert(
                    ids=[passage.id for passage in part],
                    embeddings=vectors[first : first + batch],
                    documents=[passage.text for passage in part],
                    metadatas=[_passage_metadata(passage) for passage in part],
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are nothing to worry about."""
        with self._lock, self._written():
            for first in range(0, len(ids), DELETE_BATCH):
                self._collection.delete(ids=list(ids[first : first + DELETE_BATCH]))

    def query(self, vector: Vectors32, limit: int, filters: Filters) -> dict[str, float]:
        """Cosine similarity (higher is better) by passage id, for the nearest `limit` passages."""
        with self._lock:
            try:
                found = self._collection.query(
                    query_embeddings=vector[None, :],
                    n_results=limit,
                    where=_where(filters),
                    include=["distances"],
                )
            except ChromaError as error:
                raise StoreDamaged(f"{self._where} cannot be searched ({type(error).__name__}). {REMEDY}") from error
        return {id_: 1.0 - distance for id_, distance in zip(found["ids"][0], found["distances"][0], strict=True)}

    def holds(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that the collection has."""
        with self._lock:
            found: set[str] = set()
            for first in range(0, len(ids), DELETE_BATCH):
                found.update(self._collection.get(ids=list(ids[first : first + DELETE_BATCH]), include=[])["ids"])
            return found

    def drop_older(self, name: str) -> None:
        """Remove what earlier rebuilds of this store left behind; other stores' collections are not ours."""
        own = name.rpartition("-")[0]
        with self._lock:
            client = self._connect()
            for collection in client.list_collections():
                if collection.name != name and collection.name.rpartition("-")[0] == own:
                    client.delete_collection(collection.name)

    def discard(self) -> None:
        """Remove the folder with all its collections. A server keeps its own: there the rebuild drops them."""
        with self._lock:
            self._close()
            if self._place.url is None:
                # A client that failed to open is kept by Chroma for its folder, and would fail again.
                SharedSystemClient.clear_system_cache()
                _remove(self._place.folder)

    def close(self) -> None:
        """Let go of the client."""
        with self._lock:
            self._close()

    @contextmanager
    def _written(self) -> Iterator[None]:
        """A write's faults in our words: a full disk, mostly. The next writer does it again from the catalogue."""
        try:
            yield
        except ChromaError as error:
            raise StoreDamaged(
                f"{self._where} cannot be written ({type(error).__name__}). "
                "Check the disk's space and run the command again."
            ) from error

    @property
    def _where(self) -> str:
        return self._place.url or str(self._place.folder)

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._collection = self._opened = None

    def _connect(self) -> Client:
        if self._client is None:
            self._client = _client(self._place)
        return self._client

    def _get(self, name: str) -> Any:
        try:
            return self._connect().get_collection(name, embedding_function=None)
        except ChromaError as error:
            raise StoreDamaged(f"{self._where} has no collection {name}. {REMEDY}") from error


def _remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _client(place: Place) -> Client:
    quiet = Settings(anonymized_telemetry=False)
    try:
        if place.url is None:
            return cast("Client", chromadb.PersistentClient(path=place.folder, settings=quiet))
        parts = urlsplit(place.url)
        tls = parts.scheme == "https"
        port = parts.port or (443 if tls else 8000)
        return cast("Client", chromadb.HttpClient(parts.hostname or "", port, ssl=tls, settings=quiet))
    except BaseException as error:
        raise _plain(error, place) from error


def _plain(error: BaseException, place: Place) -> BaseException:
    """Chroma's failures to open, in our words. Its Rust part panics with a BaseException of its own."""
    if isinstance(error, (KeyboardInterrupt, SystemExit)):
        return error
    if place.url is not None:
        return ServiceUnreachable(
            "The Chroma server named by CHROMA_URL does not answer. Start it, or unset CHROMA_URL."
        )
    return StoreDamaged(f"The vectors in {place.folder} cannot be opened ({type(error).__name__}). {REMEDY}")


def _metadata(spec: IndexSpec) -> dict[str, str | int | bool]:
    return {
        "model": spec.vectors.model,
        "dimension": spec.vectors.dimension,
        "normalised": spec.vectors.normalised,
        "chunker": spec.chunker,
    }


def _passage_metadata(passage: Passage) -> dict[str, str | int]:
    # Dates as integers: Chroma cannot compare strings with $gte. Outlets folded: it compares case.
    return {
        "article": passage.article_id,
        "revision": passage.revision,
        "outlet": (passage.outlet or "").casefold(),
        "published": day_number(passage.published),
    }


def _where(filters: Filters) -> dict[str, Any] | None:
    limits: list[dict[str, Any]] = []
    if filters.as_of:
        limits += [{"published": {"$gte": 1}}, {"published": {"$lte": day_number(filters.as_of)}}]
    if filters.since:
        limits.append({"published": {"$gte": day_number(filters.since)}})
    if filters.outlet:
        limits.append({"outlet": filters.outlet.casefold()})
    return {"$and": limits} if len(limits) > 1 else next(iter(limits), None)
