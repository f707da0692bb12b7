"""What a file is by its name, and the one case where it takes a look inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.sources.opening import opened, unreadable
from ingest.sources.source import FileSource, ListingSource

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.document import Kind

KINDS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "mail",
    ".mhtml": "mail",
    ".mht": "mail",
    ".jsonl": "jsonl",
}
LISTINGS = (".xml", ".rss", ".atom", ".json", ".xml.gz")
READABLE = ", ".join(sorted(KINDS))


def file_source(name: str, path: Path, root: Path | None = None) -> FileSource | ListingSource | None:
    """The source that the file is, None when its name says that it is none.

    `root` is the folder that it was found in, without links. Raises SourceError when it cannot be opened.
    """
    if path.name.lower().endswith(LISTINGS):
        return ListingSource(name, path)
    kind = KINDS.get(path.suffix.lower())
    if kind == "text" and _lists_addresses(path, root):
        return ListingSource(name, path)
    return FileSource(name, path, kind, root) if kind else None


def _lists_addresses(path: Path, root: Path | None) -> bool:
    from ingest.listing.url_list import HEAD, is_url_list

    with opened(path, root) as file:
        try:
            return is_url_list(file.read(HEAD))
        except OSError as error:
            raise unreadable(error) from None
