"""Searches as they are measured: which parts of search are on, and what is kept of a result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from corpus.types import Filters, Hit

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.answerability import Signals
    from corpus.reranking.reranker import Reranker
    from corpus.search import Parts, Searcher
    from evals.ranking.stores import Store

PASSAGES = 10  # what an answer draws on, unless it is set otherwise
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and what speaks for an answer among it."""

    hits: tuple[Hit, ...]
    signals: Signals


@contextmanager
def searching(store: Store, parts: Collection[str] | None = None, weights: Path | None = None) -> Iterator[Searcher]:
    """A searcher of the store with only these parts on; as it ships when none are named.

    `weights` is a file that takes the place of the built-in reranker's.
    """
    from corpus.opening import open_searcher

    searcher = open_searcher(store.settings, None if parts is None else _only(parts))
    if weights is not None:
        searcher.reranker = _of(weights)
    try:
        yield searcher
    finally:
        searcher.close()


def _of(weights: Path) -> Reranker:
    from corpus.reranking.builtin import BuiltinReranker
    from corpus.reranking.location import RerankerLocation

    return BuiltinReranker(RerankerLocation(weights, weights.stem))


def _only(parts: Collection[str]) -> Parts:
    from corpus.search import Parts

    return Parts(**{name: name in parts for name in part_names()})


def part_names() -> tuple[str, ...]:
    """The parts of search that can be left out."""
    from corpus.search import Parts

    return tuple(field.name for field in fields(Parts))


def find(searcher: Searcher, question: str, filters: Filters) -> Found:
    """As many of the best passages as an answer draws on."""
    hits = tuple(searcher.search(question, PASSAGES, filters).hits)
    return Found(hits, searcher.signals(question, hits))


def shown(items: Sequence[T], doing: str) -> Iterable[T]:
    """The items, with a bar on a terminal's stderr while they are gone through."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, doing, console=console, transient=True, disable=not console.is_terminal)
