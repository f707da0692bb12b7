"""RSS, Atom and RDF feeds: lxml makes them safe and small, feedparser knows their dialects."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any, cast

from corpus.errors import SourceError
from ingest.extract.address import is_web_address
from ingest.listing.link import Collector, believed, name, names, title
from ingest.listing.slim import slimmed
from ingest.sources.source import Hints

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ingest.listing.link import Listing

_MARKUP = re.compile(r"<[^<>]{0,500}>")
_LONGEST = 4_000


def read_feed(data: bytes, url: str, now: datetime) -> Listing:
    """Its items. Raises SourceError when it is damaged beyond reading."""
    import feedparser  # type: ignore[import-untyped] # carries no types

    # A stream, because parse() opens what it is given as a file's name first, bytes as well.
    stream = io.BytesIO(slimmed(data, url))
    base = {"content-location": url} if is_web_address(url) else {}
    try:
        feed = feedparser.parse(stream, response_headers=base, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # noqa: BLE001 - feedparser lets through whatever a strange feed causes
        raise SourceError(
            f"the feed cannot be read ({type(error).__name__}); check that it opens in a reader"
        ) from None
    found = Collector(url)
    outlet = name(_plain(feed["feed"], "title"))
    for entry in feed["entries"]:
        published = believed(_raw(entry, "published"), now)
        hints = Hints(title(_plain(entry, "title")), published, _authors(entry), outlet)
        found.add(_raw(entry, "link"), hints, dated=published or believed(_raw(entry, "updated"), now))
    return found.listing()


def _raw(entry: Mapping[str, Any], key: str) -> str | None:
    # feedparser's own look-up answers with another key's value, and a warning, when this one is missing.
    value = dict.get(cast("dict[str, Any]", entry), key)
    return value if isinstance(value, str) else None


def _plain(entry: Mapping[str, Any], key: str) -> str | None:
    value = _raw(entry, key)
    return unescape(_MARKUP.sub(" ", value[:_LONGEST])) if value else None


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    stated = entry.get("authors")
    people = stated if isinstance(stated, list) else []
    return names(person.get("name") for person in people if isinstance(person, dict))
