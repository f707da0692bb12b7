"""Sitemaps, their indexes, and Google's news extension (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.listing.link import Collector, believed, name, title
from ingest.listing.xml import Element, local, options, refuse_declared, refuse_entities, trimmed
from ingest.sources.source import Hints

if TYPE_CHECKING:
    from datetime import datetime

    from ingest.listing.link import Listing


def read_sitemap(data: bytes, url: str, now: datetime) -> Listing:
    """Its pages or further sitemaps, read piece by piece. Raises SourceError when it is damaged."""
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    refuse_entities(data)
    found = Collector(url)
    pieces = etree.iterparse(io.BytesIO(trimmed(data)), events=("end",), tag=("{*}url", "{*}sitemap"), **options())
    try:
        for _, element in pieces:
            refuse_declared(element)
            _add(element, found, now)
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"it is damaged ({str(error)[:100]}); fetch or save it again") from None
    return found.listing()


def _add(element: Element, found: Collector, now: datetime) -> None:
    changed = believed(_text(element, "lastmod"), now)
    if local(element) == "sitemap":
        found.add(_text(element, "loc"), dated=changed, is_sitemap=True)
        return
    news = _child(element, "news")
    hints = _hints(news, now) if news is not None else Hints()
    found.add(_text(element, "loc"), hints, dated=hints.published or changed)


def _hints(news: Element, now: datetime) -> Hints:
    publication = _child(news, "publication")
    return Hints(
        title=title(_text(news, "title")),
        published=believed(_text(news, "publication_date"), now),
        outlet=name(_text(publication, "name")) if publication is not None else None,
    )


def _child(element: Element, wanted: str) -> Element | None:
    """The first child of that name which is not another extension's, such as an image's own address."""
    space = element.tag.rpartition("}")[0]
    own = [child for child in element if local(child) == wanted]
    same = [child for child in own if wanted == "news" or str(child.tag).rpartition("}")[0] == space]
    return same[0] if same else None


def _text(element: Element, wanted: str) -> str | None:
    child = _child(element, wanted)
    return "".join(str(text) for text in child.itertext()) if child is not None else None


def _forget(element: Element) -> None:
    """Keeps memory flat: what was read goes."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
