"""What the catalogue remembers of earlier runs. Safe to use from several threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.catalogue.documents import Answered

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Page:
    """What an address held and answered. `article_ids` are live; `is_current` when it is still what is stored."""

    article_ids: tuple[str, ...]
    is_current: bool
    answer: Answered


def marked(marker: str, content_hash: str) -> str:
    """The marker of a source with what was made of it: another source may have replaced that meanwhile."""
    return f"{marker}|{content_hash}"


class Memory:
    """Earlier runs, as the reader needs to know them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def article_with(self, holder: str, marker: str) -> str | None:
        """Id of the live article that the holder held under this marker, if that is what is stored still."""
        with self._catalogue.snapshot() as snapshot:
            for article_id, known in snapshot.documents.held_by(holder).items():
                if known == marked(marker, snapshot.content_hash(article_id) or ""):
                    return article_id
        return None

    def held_by(self, holder: str) -> tuple[str, ...]:
        """Ids of the live articles that the holder held."""
        with self._catalogue.snapshot() as snapshot:
            return tuple(snapshot.documents.held_by(holder))

    def page(self, url: str) -> Page:
        """What the address held and answered last."""
        with self._catalogue.snapshot() as snapshot:
            held = snapshot.documents.held_by(url)
            ends = ((known or "", f"|{snapshot.content_hash(article_id)}") for article_id, known in held.items())
            is_current = any(known.endswith(end) for known, end in ends)
            return Page(tuple(held), is_current, snapshot.documents.answered(url) or Answered())

    def holds(self, article_id: str, content_hash: str) -> bool:
        """Whether the article is stored with this very content."""
        with self._catalogue.snapshot() as snapshot:
            return snapshot.content_hash(article_id) == content_hash
