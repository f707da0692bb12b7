"""JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from ingest.extract.address import is_web_address
from ingest.listing.link import MAX_LINKS, Collector, believed, name, names, title, too_many
from ingest.sources.source import Hints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ingest.listing.link import Listing


def read_json_feed(data: bytes, url: str, now: datetime) -> Listing:
    """Its items. Raises SourceError when it is damaged."""
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        raise SourceError("it is no JSON that can be read; fetch or save the feed again") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError("the feed holds no list of items; check that it is a JSON Feed")
    if len(items) > MAX_LINKS:
        raise too_many()
    found = Collector(url)
    for item in items:
        if isinstance(item, dict):
            published = believed(item.get("date_published"), now)
            hints = Hints(title(item.get("title")), published, names(_authors(item)), name(feed.get("title")))
            found.add(_address(item), hints, dated=published or believed(item.get("date_modified"), now))
    return found.listing()


def _address(item: Mapping[str, Any]) -> object:
    """Its own page, else the page that it is about; an id counts when it is an address."""
    stated = item.get("url") or item.get("external_url")
    known = item.get("id")
    return stated or (known if isinstance(known, str) and is_web_address(known) else None)


def _authors(item: Mapping[str, Any]) -> Iterator[object]:
    stated = item.get("authors") or [item.get("author")]
    for author in stated if isinstance(stated, list) else []:
        if isinstance(author, dict):
            yield author.get("name")
