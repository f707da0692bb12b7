"""The kinds of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from ingest.sources import opening

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

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
    """One file, as the person named it or as it was found in the folder `root` (a path without links)."""

    name: str
    path: Path
    kind: Kind
    root: Path | None = None

    @property
    def url(self) -> str:
        """The article's address when the file names none: the file's own."""
        return opening.address_of(self.path)

    def read(self, limit: int) -> bytes:
        """What it holds, at most `limit` bytes.

        Raises SourceError when it is larger, is no regular file (any more) or does not lie in its folder any more.
        """
        return opening.read(self.path, self.root, limit)

    def open(self) -> IO[bytes]:
        """The file itself, of any size, to be closed by the caller. Raises SourceError as `read` does."""
        return opening.opened(self.path, self.root)


@dataclass(frozen=True, slots=True)
class ListingSource:
    """A saved feed or sitemap, or a text file that lists web addresses."""

    name: str
    path: Path

    @property
    def url(self) -> str:
        """The file's own address."""
        return opening.address_of(self.path)

    def read(self, limit: int) -> bytes:
        """What it holds, at most `limit` bytes. Raises SourceError when it is larger or is no regular file."""
        return opening.read(self.path, None, limit)


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
    """A name that leads to nothing readable. `skipped` when that is no fault of the source.

    `holder` is the address of the file or folder that is there and could not be read: what was read before from it,
    or from below it, is not known to be gone.
    """

    name: str
    error: SourceError
    skipped: bool = False
    holder: str | None = None


Source: TypeAlias = FileSource | ListingSource | StdinSource | UrlSource | Unreadable
