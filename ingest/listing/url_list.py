"""Text that lists web addresses, one a line; what stands behind a # is a comment."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.extract.decode import decode
from ingest.listing.link import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.listing.link import Listing

HEAD = 65_536
"""Bytes that a list is told by."""

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}://|(?:https?|ftp|file):)\S+", re.IGNORECASE)
_COMMENTED = re.compile(r"(\S+)\s+#.*")
_OPENS_AS_ADDRESS = re.compile(rb"\W{0,9}[a-z][a-z0-9+.-]{0,30}:\S+(?:\s+#.*)?", re.IGNORECASE | re.DOTALL)
# Scripts without spaces between words count by the letter.
_WORD = re.compile(r"[\u0e00-\u0eff\u2e80-\uffff]|[^\s\u0e00-\u0eff\u2e80-\uffff]+")
_MOST_WORDS = 6


def is_url_list(data: bytes) -> bool:
    """Whether the text is a list of addresses, some of which may be none, as far as its opening tells.

    The first line is an address, at least half of the lines are, and no line is one of prose.
    """
    lines = list(_lines(_head(data)))
    others = [line for line in lines if not _ADDRESS.fullmatch(line)]
    if not lines or not _ADDRESS.fullmatch(lines[0]) or len(others) * 2 > len(lines):
        return False
    return all(len(_WORD.findall(line)) <= _MOST_WORDS for line in others)


def read_url_list(data: bytes, url: str) -> Listing:
    """Every address, in order, and why other lines are none. Raises SourceError when there are too many."""
    found = Collector(url)
    for line in _lines(decode(data)):
        found.add(line, is_absolute=True)
    return found.listing()


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = line.strip()
        if bare and not bare.startswith("#"):
            commented = _COMMENTED.fullmatch(bare)
            yield commented[1] if commented and _ADDRESS.fullmatch(commented[1]) else bare


def _head(data: bytes) -> str:
    """The opening, without a last line that is cut; empty when it is no text or plainly opens with no address."""
    head = data[:HEAD]
    if not _may_open_with_address(head):  # most articles end here, before they are decoded
        return ""
    try:
        text = decode(head)
    except SourceError:
        return ""
    return text if len(head) < HEAD else "".join(text.splitlines(keepends=True)[:-1])


def _may_open_with_address(head: bytes) -> bool:
    if b"\0" in head:  # two bytes a letter, perhaps
        return True
    for line in head.splitlines():
        bare = line.strip()
        if bare and not bare.removeprefix(codecs.BOM_UTF8).startswith(b"#"):
            return bool(_OPENS_AS_ADDRESS.fullmatch(bare))
    return False
