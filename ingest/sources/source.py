"""The kinds of sources."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from corpus.errors import SourceError
from ingest.document import Kind


@dataclass(frozen=True, slots=True)
class Hints:
    """What a listing says of an article, used only where the page itself says nothing. `published` is ISO 8601."""

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file, as the person named it or as it was found in a folder."""

    name: str
    path: Path
    kind: Kind

    @property
    def url(self) -> str:
        """The article's address when the file names none: the file's own."""
        return self.path.resolve().as_uri()


@dataclass(frozen=True, slots=True)
class ListingSource:
    """A saved feed or sitemap, or a text file that holds only web addresses."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class StdinSource:
    """What is piped in, of whatever kind it turns out to be."""

    name: str = "-"


@dataclass(frozen=True, slots=True)
class UrlSource:
    """One web address. `listed` says what a listing that led here called it: nothing did when it is None."""

    name: str
    hints: Hints = Hints()
    listed: Literal["page", "sitemap"] | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A name that leads to nothing readable. `skipped` when that is no fault of the source."""

    name: str
    error: SourceError
    skipped: bool = False


Source: TypeAlias = FileSource | ListingSource | StdinSource | UrlSource | Unreadable
