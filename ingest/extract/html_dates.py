"""When a page's article was published, by the page's own statements, the most certain kind first.

Structured data of the article, metadata, marked-up times, the dateline under the headline, and at last a day in the
address. Times of changes, of comments, of other articles and of rights are not read, and nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.extract.dates import published_in, stamp
from ingest.extract.structured import Entity, is_article, strings, types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_METAS = (
    "article:published_time", "article:published", "article.published", "og:published_time",
    "og:article:published_time", "datepublished", "og:datepublished", "og:pubdate", "date.release",
    "article_date_original", "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "pub_date",
    "publication_date", "publication-date", "published", "published_time", "pdate", "originalpublicationdate",
    "displaydate", "date",
)  # fmt: skip
_NOT_THE_ARTICLE = re.compile(
    r"comment|related|recommend|sidebar|footer|widget|teaser|promo|most-|trending|latest|copyright|modif|update|revis"
    r"|more-|newsletter|carousel|upcoming|event",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated?|modified|revised|edited|last)\b", re.IGNORECASE)
_OUTSIDE = {"aside", "footer", "nav", "form", "figure"}
_IN_ADDRESS = re.compile(
    r"(?:^|[/-])(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?|[a-z]{3})[/-](?P<day>\d\d?)(?=[/-])", re.IGNORECASE
)
_COMPACT_IN_ADDRESS = re.compile(r"/(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)/")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEAD_ELEMENTS = 60
_LONGEST_LINE = 160
_PARAGRAPH = 200
_ABOVE = 6


def published_on(
    tree: Any, metas: Mapping[str, list[str]], article: Entity, entities: list[Entity], url: str
) -> str | None:
    """The ISO day or time that the page gives for its article's publication; None when it gives none."""
    values = (*_in_structured(article, entities), *(value for name in _METAS for value in metas.get(name, ())[:1]))
    stated = next((day for value in values if (day := stamp(value))), None)
    if stated is not None:
        return stated
    return next(filter(None, (*_marked(tree), _dateline(tree))), None) or _in_address(url)


def _in_structured(article: Entity, entities: list[Entity]) -> Iterator[str]:
    yield from strings(article.get("datePublished"))
    if not any(is_article(entity) for entity in entities):
        pages = (entity for entity in entities if {"WebPage", "NewsArticle"} & set(types(entity)))
        yield from (value for page in pages for value in strings(page.get("datePublished")))


def _marked(tree: Any) -> Iterator[str | None]:
    """Times that the markup calls the publication (microdata, `pubdate`), then the one under the headline."""
    for element in tree.iter("time", "span", "div", "abbr", "p", "meta"):
        named = "datepublished" in element.get("itemprop", "").lower() or (
            element.tag == "time" and "pubdate" in element.attrib
        )
        if named and not _is_elsewhere(element):
            yield stamp(_value(element))
    for element in _head(tree):
        if element.tag == "time" and not _is_elsewhere(element) and not _says_updated(element):
            yield stamp(_value(element))


def _value(element: Any) -> str:
    return str(element.get("datetime") or element.get("content") or element.get("title") or element.text_content())[
        :_LONGEST_LINE
    ]


def _is_elsewhere(element: Any) -> bool:
    """Whether the element stands in a part of the page that is not the article, or is about a change."""
    around = [element, *islice(element.iterancestors(), _ABOVE)]
    names = (
        f"{one.get('class', '')} {one.get('id', '')} {one.get('itemtype', '')}"
        for one in around
        if one.tag not in {"html", "body"}
    )
    return any(one.tag in _OUTSIDE for one in around) or any(_NOT_THE_ARTICLE.search(name) for name in names)


def _says_updated(element: Any) -> bool:
    before = element.getprevious()
    parent = element.getparent()
    texts = [
        element.text_content(),
        (before.tail or before.text_content()) if before is not None else "",
        parent.text or "",
    ]
    return any(_UPDATED.search(str(text)[-_LONGEST_LINE:]) for text in texts)


def _head(tree: Any) -> list[Any]:
    """The elements between the headline and the first long paragraph."""
    headlines = [one for one in tree.iter("h1") if str(one.text_content()).strip()]
    if not headlines:
        return []
    found: list[Any] = []
    for element in islice(headlines[-1].xpath("following::*"), _HEAD_ELEMENTS):
        if element.tag == "p" and len(str(element.text_content()).strip()) > _PARAGRAPH:
            break
        found.append(element)
    return found


def _dateline(tree: Any) -> str | None:
    """The date in the lines under the headline ("Published: July 8, 2025 | 4 min read")."""
    for element in _head(tree):
        text = " ".join(str(element.text_content()).split())
        if 0 < len(text) <= _LONGEST_LINE and not _is_elsewhere(element):
            found = published_in(text)
            if found:
                return found
    return None


def _in_address(url: str) -> str | None:
    """The day in a path such as /2025/07/08/talks. A month alone is no date."""
    path = urlsplit(url).path + "/"
    found = _IN_ADDRESS.search(path) or _COMPACT_IN_ADDRESS.search(path)
    if found is None:
        return None
    month = found["month"].lower()
    try:
        number = _MONTHS.index(month) + 1 if month.isalpha() else int(month)
        return date(int(found["year"]), number, int(found["day"])).isoformat()
    except ValueError:
        return None
