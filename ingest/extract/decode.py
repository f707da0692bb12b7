"""Bytes to text: byte order mark, UTF-8 if it is valid, else the charset under which the bytes are likeliest.

What was declared counts for something, but declarations are wrong often enough (a server's default, an editor's
template) that the bytes are asked as well (charsets.py).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE)
_META_WITHIN = 4096
_FEW_CONTROLS = 0.02
_WIDE = ("utf-16", "utf-32")
# Seven-bit charsets that only a declaration and their own escapes give away.
_ESCAPED = {"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr", "hz"}
_WIDE_SAMPLE = 20_000
_FEWEST_ZEROS = 0.02
_PLAIN = frozenset(" \n.,<>、。，")
_FEWEST_PLAIN = 0.01
_MOST_ODD = 0.02
_LONG_ENOUGH = 64
_FEWEST_BYTES = 4


def decode(data: bytes, *declared: str | None) -> str:
    """The text that the bytes say. Raises SourceError when they are no text.

    `declared` are the charsets that their source names for them, the most certain first.
    """
    from ingest.extract.charsets import codec, likeliest

    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    named = [name for one in declared if one and (name := codec(one))]
    wide = _wide(data, named)
    if wide is not None:
        return wide
    escaped = next((name for name in named if name in _ESCAPED), None)
    if escaped and data.isascii() and b"\0" not in data:
        return _decoded(data, escaped)
    if _is_binary(data):
        raise SourceError(NOT_TEXT)
    if _is_utf8(data):
        return _decoded(data, "utf-8")
    if _is_filling(data):
        raise SourceError(NOT_TEXT)
    return _decoded(data, likeliest(data, named))


def declared_in_html(data: bytes) -> str | None:
    """The charset that an HTML page's `<meta>`, or its XML declaration, names, if any."""
    found = _META_CHARSET.search(data[:_META_WITHIN]) or _XML_ENCODING.search(data[:_META_WITHIN])
    name = found.group(1).decode("ascii", errors="replace") if found else None
    # The tag was found by reading bytes as ASCII, so the page is not in a two-byte encoding whatever it says.
    return None if name is None or name.lower().startswith(_WIDE) else name


def _decoded(data: bytes, encoding: str) -> str:
    """The text; a character that is cut off at the end is left out, other faults become U+FFFD."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(data)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, the last character perhaps cut off."""
    try:
        return bool(codecs.getincrementaldecoder("utf-8")().decode(data))
    except UnicodeDecodeError:
        return False


def _wide(data: bytes, named: list[str]) -> str | None:
    """The text of UTF-16 or UTF-32 without a mark, when the bytes make sense as that."""
    stated = [name for name in named if name.startswith(_WIDE)]
    if not stated and data.count(b"\0") < max(1, len(data) * _FEWEST_ZEROS):
        return None
    decoded = (_decoded_strictly(data, name) for name in _wide_candidates(stated))
    text = max(filter(None, decoded), key=_plainness, default="")
    return text if _plainness(text) >= _FEWEST_PLAIN and _odd_share(text) <= _MOST_ODD else None


def _wide_candidates(stated: list[str]) -> Iterator[str]:
    for name in stated or ["utf-16"]:
        short = name[:6]
        yield from (f"{short}-le", f"{short}-be")


def _decoded_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None


def _plainness(text: str) -> float:
    """The share of spaces, stops and the like: there are some in every text, and none where bytes are swapped."""
    sample = text[:_WIDE_SAMPLE]
    return sum(letter in _PLAIN for letter in sample) / len(sample) if sample else 0.0


def _odd_share(text: str) -> float:
    """The share of characters that no text is made of: controls, private and unassigned ones."""
    import unicodedata

    sample = [letter for letter in text[:_WIDE_SAMPLE] if letter not in "\t\n\r\f\v"]
    odd = sum(unicodedata.category(letter) in {"Cc", "Co", "Cn", "Cs"} for letter in sample)
    return odd / len(sample) if sample else 0.0


def _is_filling(data: bytes) -> bool:
    """Whether there are but a few bytes over and over, as on a disk that nothing was written to."""
    return len(data) >= _LONG_ENOUGH and len(set(data) - set(b" \t\r\n")) < _FEWEST_BYTES


def _is_binary(data: bytes) -> bool:
    if data.startswith(_MAGIC) or b"\0" in data:
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > len(data) * _FEW_CONTROLS
