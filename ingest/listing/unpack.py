"""Sitemaps packed with gzip, unpacked within a limit."""

from __future__ import annotations

import zlib

from corpus.errors import SourceError

GZIP = b"\x1f\x8b"
MAX_UNPACKED = 52_428_800
"""The sitemap protocol's limit for one file, in bytes (https://www.sitemaps.org/protocol.html)."""

_GZIP_HEADER = zlib.MAX_WBITS | 16


def unpacked(data: bytes) -> bytes:
    """What a gzip file holds; other bytes as they are. Raises SourceError when it is damaged or too large."""
    if not data.startswith(GZIP):
        return data
    unpacker = zlib.decompressobj(_GZIP_HEADER)
    try:
        found = unpacker.decompress(data, MAX_UNPACKED + 1)
    except zlib.error:
        raise SourceError("it is damaged (gzip); fetch or save it again") from None
    if len(found) > MAX_UNPACKED:
        raise SourceError(f"it unpacks to more than {MAX_UNPACKED:,} bytes; split it")
    if not unpacker.eof:
        raise SourceError("it is cut off (gzip); fetch or save it again")
    return found


def peeked(data: bytes, size: int) -> bytes:
    """The first bytes of what a gzip file holds; none when it is damaged."""
    try:
        return zlib.decompressobj(_GZIP_HEADER).decompress(data[:size], size)
    except zlib.error:
        return b""
