"""Text that holds only web addresses, one a line; lines that begin with # are comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract.decode import decode
from ingest.listing.link import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.listing.link import Listing

_ADDRESS = re.compile(rb"https?://[^\s/]\S*", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def is_url_list(lines: Iterable[bytes]) -> bool:
    """Whether there is an address and nothing else; reads no further than to the first other line."""
    found = False
    for line in lines:
        text = line.removeprefix(_BOM).strip()
        if text and not text.startswith(b"#"):
            if not _ADDRESS.fullmatch(text):
                return False
            found = True
    return found


def read_url_list(data: bytes, url: str) -> Listing:
    """Every address, in order. Raises SourceError when there are too many."""
    found = Collector(url)
    for line in decode(data).splitlines():
        text = line.strip()
        if text and not text.startswith("#"):
            found.add(text)
    return found.listing()
