"""What reading one source came to.

`source` is what the person named, for messages; `holder` the address of the file or page that was opened, by
which the catalogue remembers what was in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.catalogue.documents import Answered
    from corpus.errors import SourceError
    from corpus.types import Article
    from ingest.sources import UrlSource


@dataclass(frozen=True, slots=True)
class Read:
    """An article. `bands` is None when the store holds the very same already.

    `says_so_itself` when only the page's own word, of a saved page, gives it its address.
    """

    source: str
    holder: str
    article: Article
    marker: str | None
    bands: Sequence[int] | None
    answer: Answered | None = None
    says_so_itself: bool = False


@dataclass(frozen=True, slots=True)
class Untouched:
    """A source that holds what it held when it was last read."""

    source: str
    holder: str
    article_id: str
    answer: Answered | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed, sitemap or list of addresses. `refused` says which entries lead nowhere that may be read.

    `answer` is None when there is nothing to remember.
    """

    source: str
    holder: str
    links: Sequence[UrlSource]
    refused: Sequence[str] = ()
    answer: Answered | None = None


@dataclass(frozen=True, slots=True)
class ListingUntouched:
    """A feed or sitemap that has not changed since it was last read."""

    source: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A page that is gone and whose article is stored; `times` counts this one."""

    source: str
    holder: str
    article_ids: Sequence[str]
    answer: Answered
    error: SourceError


@dataclass(frozen=True, slots=True)
class Emptied:
    """A file that held these articles and is empty now."""

    source: str
    holder: str
    article_ids: Sequence[str]
    error: SourceError


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing could be read. `skipped` when that is no failure."""

    source: str
    error: SourceError
    skipped: bool = False
    holder: str | None = None


Outcome = Read | Untouched | Listed | ListingUntouched | Missing | Emptied | Failed
