"""The embedder that the rest of Accord uses: lazy, batched by length, cached by text."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from corpus.catalogue.index_state import VectorSpec
from corpus.types import sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tokenizers import Tokenizer

    from corpus.catalogue import Catalogue
    from corpus.embedding.engine import Engine
    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32

# One commit for so many vectors: a commit waits for the disk, and a killed ingest embeds at most these again.
COMMIT_TEXTS = 128
SPECIAL_TOKENS = 2  # one at each end of every text


class QueryEmbedder(Protocol):
    """What answering needs of an embedder."""

    @property
    def spec(self) -> VectorSpec:
        """What vectors it makes."""

    def vectors(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension)."""


class Embedder:
    """An embedding model that is loaded when the first vector is asked for. Safe to use from several threads."""

    def __init__(self, location: ModelLocation) -> None:
        self._location = location
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Name and hash of the model: vectors of another fingerprint must not be compared with these.

        It does not name the engine: those of all engines have a cosine of .9999 to each other, so that a store
        may be filled on a GPU and asked on a laptop.
        """
        return self._location.fingerprint

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that the model sees, its special ones not counted; the rest would be cut off."""
        return self._location.max_tokens - SPECIAL_TOKENS

    @property
    def spec(self) -> VectorSpec:
        """What an index of this model's vectors records about them."""
        return VectorSpec(self.fingerprint, self._location.dimension, normalised=True)

    def vectors(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension), float32."""
        with self._lock:
            return self._engine.encode(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones not counted."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]

    def embed_into(self, catalogue: Catalogue, texts: Sequence[str], progress: Callable[[int], None]) -> None:
        """See that the catalogue has a vector for each text; `progress` is told of each batch's size.

        Vectors are kept batch by batch, so that a killed ingest does not embed the same text again.
        """
        by_hash = {sha256(text): text for text in texts}
        with catalogue.snapshot() as snapshot:
            known = snapshot.known_vectors(self.fingerprint, by_hash)
        progress(len(texts) - len(by_hash) + len(known))
        missing = {text_hash: text for text_hash, text in by_hash.items() if text_hash not in known}
        for batch in _batches(missing):
            vectors = self.vectors([missing[text_hash] for text_hash in batch])
            with catalogue.transaction() as transaction:
                blobs = {h: v.astype("<f4").tobytes() for h, v in zip(batch, vectors, strict=True)}
                transaction.save_vectors(self.fingerprint, blobs)
            progress(len(batch))

    @cached_property
    def _engine(self) -> Engine:
        from corpus.embedding.engine import load_engine

        return load_engine(self._location)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from corpus.embedding.tokens import load_tokenizer

        return load_tokenizer(self._location.folder)


def _batches(texts: dict[str, str]) -> Iterator[list[str]]:
    # Texts of like length go together: little is padding then. The hash settles ties the same way always.
    ordered = sorted(texts, key=lambda text_hash: (len(texts[text_hash]), text_hash))
    for first in range(0, len(ordered), COMMIT_TEXTS):
        yield ordered[first : first + COMMIT_TEXTS]
