"""What comes back from a web server, and what it is to be read as."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from corpus.errors import SourceError
from ingest.extract.normalise import one_line
from ingest.sources.sniff import by_magic, sniffed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.document import Kind

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "message/rfc822": "mail",
    "multipart/related": "mail",
    "application/x-mimearchive": "mail",
}
_XML = {"application/xml", "text/xml"}
# One of the listings, or nothing that is read.
_LISTINGS = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    *_XML,
    "application/gzip",
    "application/x-gzip",
}
_ANYTHING = {"application/octet-stream", "binary/octet-stream"}
_LONGEST_ETAG = 1_000
_LONGEST_DATE = 100


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server told its version of a page by (RFC 9110, section 8.8), to ask whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Validators:
        """Those of an answer; what is too long or not printable ASCII counts as none."""
        return cls(
            _bearable(headers.get("etag"), _LONGEST_ETAG), _bearable(headers.get("last-modified"), _LONGEST_DATE)
        )

    def conditions(self) -> dict[str, str]:
        """The request's headers."""
        headers = {
            "if-none-match": _bearable(self.etag, _LONGEST_ETAG),
            "if-modified-since": _bearable(self.last_modified, _LONGEST_DATE),
        }
        return {name: value for name, value in headers.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the body, the address after redirects, the media type in lower case and its charset."""

    data: bytes
    url: str
    content_type: str | None
    charset: str | None
    validators: Validators = Validators()

    @property
    def kind(self) -> Kind | Literal["listing"]:
        """What to read it as."""
        return kind_of(self)


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is what it was when its validators were given."""

    url: str


def kind_of(page: Fetched) -> Kind | Literal["listing"]:
    """What to read the page as. Raises SourceError when it is nothing that is read.

    Servers name feeds and PDFs wrongly, so the bytes have the first word. Markdown mostly comes as plain text.
    """
    from ingest.listing import is_listing
    from ingest.listing.markup import form_of

    if magic := by_magic(page.data):
        return magic
    if is_listing(page.data, page.content_type):
        return "listing"
    if page.content_type is None:
        return sniffed(page.data)
    if page.content_type == "text/plain" and PurePosixPath(urlsplit(page.url).path).suffix == ".md":
        return "markdown"
    if page.content_type in _KINDS:
        return _KINDS[page.content_type]
    if page.content_type in _XML and form_of(page.data) == "html":
        return "html"
    raise no_page(page.content_type)


def is_readable(content_type: str) -> bool:
    """Whether a body of this media type may hold something that is read."""
    return content_type in _KINDS or content_type in _LISTINGS or content_type in _ANYTHING


def no_page(content_type: str) -> SourceError:
    """For a media type that holds no article."""
    return SourceError(f"is {one_line(content_type)[:80]}, not a web page or text; give the address of an article")


def _bearable(value: str | None, longest: int) -> str | None:
    if value is None or not 0 < len(value) <= longest or not value.isascii() or not value.isprintable():
        return None
    return value
