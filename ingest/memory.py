"""What the catalogue remembers of earlier runs. Safe to use from several threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.catalogue.documents import Answered

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Page:
    """What an address held and answered; `article_ids` are live."""

    article_ids: tuple[str, ...]
    answer: Answered


class Memory:
    """Earlier runs, as the reader needs to know them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def article_with(self, holder: str, marker: str) -> str | None:
        """Id of the live article that the holder held under this marker."""
        with self._catalogue.snapshot() as snapshot:
            held = snapshot.documents.held_by(holder)
        return next((article_id for article_id, known in held.items() if known == marker), None)

    def held_by(self, holder: str) -> tuple[str, ...]:
        """Ids of the live articles that the holder held."""
        with self._catalogue.snapshot() as snapshot:
            return tuple(snapshot.documents.held_by(holder))

    def page(self, url: str) -> Page:
        """What the address held and answered last."""
        with self._catalogue.snapshot() as snapshot:
            return Page(tuple(snapshot.documents.held_by(url)), snapshot.documents.answered(url) or Answered())

    def holds(self, article_id: str, content_hash: str) -> bool:
        """Whether the article is stored with this very content."""
        with self._catalogue.snapshot() as snapshot:
            return snapshot.content_hash(article_id) == content_hash
