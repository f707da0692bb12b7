"""Pages that list other pages: feeds, sitemaps and lists of addresses.

    link.py      one entry, and what an address must be     url_list.py   text files of addresses
    markup.py    which listing some bytes are                select.py     --since and --limit
    feed.py      RSS, Atom and RDF                           unpack.py     gzip
    json_feed.py JSON Feed                                   sitemap.py    sitemaps and their indexes

Everything here is pure: nothing is fetched, nothing is opened. It reads what strangers wrote, so callers run
`read_listing` where it can be stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.listing.link import Link, Listing
from ingest.listing.select import selected

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Link", "Listing", "is_listing", "read_listing", "selected"]

_BY_TYPE = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
}


def is_listing(data: bytes, content_type: str | None) -> bool:
    """Whether the bytes are a feed, a sitemap or a list of addresses; the type is what the server said."""
    from ingest.listing.markup import form_of

    form = form_of(data)
    return form not in {None, "html"} or (form is None and content_type in _BY_TYPE)


def read_listing(data: bytes, url: str, now: datetime) -> Listing:
    """Every page that the listing at `url` leads to, in its order, each once, and why entries were refused.

    Relative addresses count from `url` when that is a web address and are refused otherwise. No date after `now`
    is believed. Raises SourceError.
    """
    from ingest.listing.markup import form_of
    from ingest.listing.unpack import unpacked

    data = unpacked(data)
    listing = _read(form_of(data), data, url, now)
    if listing.refused and not listing.links:
        raise SourceError(f"none of its addresses can be read ({listing.refused[0]})")
    return listing


def _read(form: str | None, data: bytes, url: str, now: datetime) -> Listing:
    if form == "sitemap":
        from ingest.listing.sitemap import read_sitemap

        return read_sitemap(data, url, now)
    if form == "json":
        from ingest.listing.json_feed import read_json_feed

        return read_json_feed(data, url, now)
    if form == "urls":
        from ingest.listing.url_list import read_url_list

        return read_url_list(data, url)
    if form == "feed":
        from ingest.listing.feed import read_feed

        return read_feed(data, url, now)
    raise SourceError("it is no feed, sitemap or list of web addresses; give the address or file of one")
