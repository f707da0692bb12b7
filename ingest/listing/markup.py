"""Which listing some bytes are, told by how they open."""

from __future__ import annotations

import codecs
import re
from typing import Literal, TypeAlias

from ingest.listing.unpack import GZIP, peeked
from ingest.listing.url_list import is_url_list

Form: TypeAlias = Literal["feed", "sitemap", "json", "urls", "html"]

_HEAD = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_TAG = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})")
_JSON_FEED = re.compile(rb'"version"\s{0,20}:\s{0,20}"https?://(?:www\.)?jsonfeed\.org/version/')
_ROOTS: dict[str, Form] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "html",
}


def form_of(data: bytes) -> Form | None:
    """The kind of listing, `html` for a page, None for anything else. Packed sitemaps are looked into."""
    if data.startswith(GZIP):
        data = peeked(data, _HEAD)
    head = head_of(data, _HEAD)
    if head.startswith("<"):
        return _of_root(head)
    if head.startswith("{"):
        return "json" if _JSON_FEED.search(data) else None
    return "urls" if is_url_list(data) else None


def head_of(data: bytes, size: int) -> str:
    """The opening characters, good enough to read ASCII markup in, without white space in front."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) : size].decode(encoding, errors="replace").lstrip()
    encoding = next((name for mark, name in _WIDE if data.startswith(mark)), "latin-1")
    return data[:size].decode(encoding, errors="replace").lstrip()


def _of_root(head: str) -> Form | None:
    """By the first element, past declarations and comments."""
    at = 0
    while 0 <= at < len(head):
        if head.startswith("<!--", at):
            at = _past(head, "-->", at)
        elif head.startswith("<?", at):
            at = _past(head, "?>", at)
        elif head.startswith("<!", at):
            if head[at : at + 14].lower() == "<!doctype html":
                return "html"
            at = _past_doctype(head, at)
        elif tag := _TAG.match(head, at):
            return _ROOTS.get(tag[1].lower())
        else:
            at = head.find("<", at + 1)
    return None


def _past(head: str, end: str, at: int) -> int:
    found = head.find(end, at)
    return found + len(end) if found >= 0 else -1


def _past_doctype(head: str, at: int) -> int:
    opened, end = head.find("[", at), head.find(">", at)
    if 0 <= opened < end:
        at = max(head.find("]", opened), at)
    return _past(head, ">", at)
