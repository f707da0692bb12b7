"""What bytes are that came without a name or type to trust."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ingest.document import Kind

_HEAD = 65_536
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_WORD = b"word/document.xml"
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n\s*(?:#|[^\n:]{1,200}:)")
_HEADER = re.compile(r"([A-Za-z][\w-]{0,60}):[ \t]?")
_MAIL_HEADERS = {"date", "message-id", "mime-version", "received", "subject", "to"}


def sniffed(data: bytes) -> Kind | Literal["listing"]:
    """What to read the bytes as; plain text when nothing else is recognised."""
    from ingest.listing import is_listing
    from ingest.listing.markup import head_of

    if by_magic(data):
        return by_magic(data) or "text"
    if is_listing(data, None):
        return "listing"
    head = head_of(data, _HEAD)
    if head.startswith("<"):
        return "html"
    if head.startswith("{") and _is_object(data):
        return "jsonl"
    if _FRONT_MATTER.match(head):
        return "markdown"
    return "mail" if _is_mail(head) else "text"


def by_magic(data: bytes) -> Literal["pdf", "docx"] | None:
    """PDF and DOCX, told by the bytes that open them."""
    if data[:1024].lstrip().startswith(_PDF):
        return "pdf"
    return "docx" if data.startswith(_ZIP) and _WORD in data else None


def _is_object(data: bytes) -> bool:
    """Whether the first line is a JSON object by itself."""
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _is_mail(head: str) -> bool:
    """A sender and one more header, with nothing but headers before the first blank line."""
    names = set()
    for line in head.splitlines():
        if not line.strip():
            break
        header = _HEADER.match(line)
        if header:
            names.add(header[1].lower())
        elif not (names and line[0] in " \t"):
            return False
    return "from" in names and bool(names & _MAIL_HEADERS)
