"""Bytes to text: byte order mark, declared charset, UTF-8, a guess, and Windows-1252 as the last resort."""

from __future__ import annotations

import codecs
import re

from corpus.errors import SourceError

NOT_TEXT = "it is binary, not text; give a Markdown, text or HTML file"

_BOMS = (  # UTF-32 first: its little-endian mark starts with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"SQLite format 3",
    b"OggS",
    b"{\\rtf",
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_HIGH = bytes(range(128, 256))
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096
# Not encodings of text: slow on long input, or they turn plain characters into others.
_NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"}
# Servers name these by default; what is valid UTF-8 all the same is UTF-8.
_LATIN = {"ascii", "cp1252", "iso8859-1", "iso8859-15"}
_FEW_CONTROLS = 0.02
_FEW_HIGH_BYTES = 0.02
_GUESS_FROM = 100_000


def decode(data: bytes, declared: str | None = None) -> str:
    """The text that the bytes say. Raises SourceError when they are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    wide = _decoded(data, declared) if declared and declared.lower().startswith(("utf-16", "utf-32")) else None
    if wide is not None:
        return wide
    if _is_binary(data):
        raise SourceError(NOT_TEXT)
    for encoding in _order(declared):
        text = _decoded(data, encoding)
        if text is not None:
            return text
    return _guessed(data)


def declared_in_html(data: bytes) -> str | None:
    """The charset that an HTML page's `<meta>` names, if any."""
    found = _META_CHARSET.search(data[:_META_WITHIN])
    name = found.group(1).decode("ascii", errors="replace") if found else None
    # The tag was found by reading bytes as ASCII, so the page is not in a two-byte encoding whatever it says.
    return None if name is None or name.lower().startswith(("utf-16", "utf-32")) else name


def _order(declared: str | None) -> list[str]:
    if declared is None:
        return ["utf-8"]
    return ["utf-8", "cp1252"] if _codec(declared) in _LATIN else [declared, "utf-8"]


def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec.replace("_", "-") in _NO_CHARSETS else codec


def _decoded(data: bytes, encoding: str | None) -> str | None:
    codec = _codec(encoding) if encoding else None
    if codec is None:
        return None
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def _is_binary(data: bytes) -> bool:
    if data.startswith(_MAGIC) or b"\0" in data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > len(data) * _FEW_CONTROLS


def _guessed(data: bytes) -> str:
    """Guessing goes wrong on a few stray bytes; those are quotes, dashes and accents in Windows-1252."""
    high = len(data) - len(data.translate(None, _HIGH))
    if high > len(data) * _FEW_HIGH_BYTES:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_GUESS_FROM]).best()
        text = _decoded(data, best.encoding if best else None)
        if text is not None:
            return text
    return data.decode("cp1252", errors="replace")
