"""A stranger's feed made safe and small, before anything that knows the dialects reads it.

What is left is each item's title, link, id, dates and authors: the articles' texts are read from their pages, and
feedparser needs time with the square of some numbers that a feed could make large (attributes of one element).
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from corpus.errors import SourceError
from ingest.extract.address import is_web_address, same_site
from ingest.listing.link import MAX_LINKS, too_many
from ingest.listing.xml import Element, local, options, refuse_declared, refuse_entities, trimmed

_ITEMS = {"item", "entry"}
_DATES = {"pubdate", "published", "issued"}
_METADATA = _DATES | set("title link guid id created date updated modified author creator".split())
_CHILDREN = {
    "rss": {"channel", *_ITEMS},
    "rdf": {"channel", *_ITEMS},
    "channel": {"title", *_ITEMS},
    "feed": {"title", *_ITEMS},
    "item": _METADATA,
    "entry": _METADATA,
    "author": {"name"},
}
_MOST_CHILDREN = 50
_LONGEST_TEXT = 4_000

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ATTRIBUTES = {"rel", "href", "type", "isPermaLink", "version", "mode", _RDF_ABOUT}
_MOST_ATTRIBUTES = 50
_MAIL_AUTHOR = re.compile(r"[^\s@()]+@[^\s@()]+\s*(?:\(([^()]+)\))?")
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
_ISSUED = "{http://purl.org/dc/terms/}issued"


def slimmed(data: bytes, url: str) -> bytes:
    """The feed in UTF-8 with its items' metadata only, and no base address that leads to another site than `url`.

    Raises SourceError.
    """
    from lxml import etree  # type: ignore[import-untyped] # lxml carries no types

    refuse_entities(data)
    parser = etree.XMLParser(recover=True, remove_comments=True, remove_pis=True, **options())
    try:
        root = etree.fromstring(trimmed(data), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # A feed that is merely cut off keeps the items that came before.
    if root is None or (len(parser.error_log) and next(root.iter("{*}item", "{*}entry"), None) is None):
        raise SourceError("the feed is no XML that can be read; check that it opens in a reader")
    refuse_declared(root)
    _slim(root, url)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _slim(element: Element, url: str) -> None:
    _slim_attributes(element, url)
    name = local(element).lower()
    if name not in _CHILDREN or (name == "author" and not len(element)):
        _flatten(element)
        return
    _drop_children(element, _CHILDREN[name])
    for child in element:
        _slim(child, url)
    if name == "item":
        _prepare_rss(element)


def _drop_children(element: Element, wanted: set[str]) -> None:
    items = others = 0
    for child in list(element):
        name = local(child).lower()
        items += name in _ITEMS
        others += name not in _ITEMS
        if name not in wanted or (name not in _ITEMS and others > _MOST_CHILDREN):
            element.remove(child)
    if items > MAX_LINKS:
        raise too_many()


def _flatten(element: Element) -> None:
    """Text only: titles may hold markup."""
    text = "".join(str(part) for part in element.itertext())[:_LONGEST_TEXT] if len(element) else element.text
    del element[:]
    element.text = (text or "")[:_LONGEST_TEXT]
    if element.get("type") == "xhtml":
        element.set("type", "text")


def _slim_attributes(element: Element, url: str) -> None:
    base = element.get(_XML_BASE)
    if len(element.attrib) > _MOST_ATTRIBUTES:
        element.attrib.clear()
    for name in element.keys():  # noqa: SIM118 - an lxml element is no dict; going through it gives its children
        if name not in _ATTRIBUTES:
            del element.attrib[name]
    if base is not None and _is_home(base, url):
        element.set(_XML_BASE, base)


def _is_home(base: str, url: str) -> bool:
    try:
        joined = urljoin(url, base.strip())
        return is_web_address(url) and is_web_address(joined) and same_site(joined, url)
    except ValueError:
        return False


def _prepare_rss(item: Element) -> None:
    """What RSS means and feedparser reads otherwise: a mere id is no relative address, and the Dublin Core date is
    the publication's (RSS 1.0's dc module), not an update's; authors are written "mail@address (Name)"."""
    is_dated = any(local(child).lower() in _DATES for child in item)
    for child in item:
        if local(child) == "guid" and not is_web_address((child.text or "").strip()):
            child.set("isPermaLink", "false")
        is_person = local(child) in {"author", "creator"}
        if is_person and (written := _MAIL_AUTHOR.fullmatch((child.text or "").strip())):
            child.text = written[1] or ""
        if child.tag == _DC_DATE and not is_dated:
            child.tag = _ISSUED
