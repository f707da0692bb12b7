"""What a file is by its name, and the one case where it takes a look inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
_LONGEST_LINE = 4096


def file_source(name: str, path: Path) -> FileSource | ListingSource | None:
    """The source that the file is, None when its name says that it is none. Raises OSError."""
    if path.name.lower().endswith(LISTINGS):
        return ListingSource(name, path)
    kind = KINDS.get(path.suffix.lower())
    if kind == "text" and _holds_addresses_only(path):
        return ListingSource(name, path)
    return FileSource(name, path, kind) if kind else None


def _holds_addresses_only(path: Path) -> bool:
    from ingest.listing.url_list import is_url_list

    # An article is told by its first line, so only lists are read further; a line is never read beyond its limit.
    with path.open("rb") as file:
        return is_url_list(iter(lambda: file.readline(_LONGEST_LINE), b""))
