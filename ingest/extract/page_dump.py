"""A web page saved as text: the article between menus, counters, teasers, prompts and rights.

No site is known here. The parts are told apart by what lines look like (lines.py, page_lines.py) and by
where the prose is (body.py); the headline (headline.py) is the line over the prose that is about the same,
dated, signed or said twice.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from corpus.types import Article
from ingest.extract.body import find_body
from ingest.extract.dates import published_in
from ingest.extract.headline import under_headline
from ingest.extract.lines import FRAME, Kind, authors_in, first_publisher, is_list_item
from ingest.extract.page_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ingest.extract.body import Body
    from ingest.extract.page_lines import Line

_T = TypeVar("_T")
_LEGAL_NAME = re.compile(
    r"(?:copyright|©|\(c\))(?:[\s,]|©|\(c\)|copyright|\d{4}|[-–])*(?:by\s+)?(?P<name>[A-Z][^.|,•·©]{1,50})",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"\s+(?:all rights\b.*|inc|llc|ltd|(?:19|20)\d\d)$", re.IGNORECASE)
_HEADLINE_AND_SITE = re.compile(r"(?P<headline>.{12,200}?)\s+[|–—·•-]\s+(?P<site>[^|–—·•]{2,40})")
_SECTIONS = {
    "news", "world", "u.s.", "us", "politics", "business", "economy", "markets", "opinion", "sports", "sport",
    "tech", "technology", "culture", "arts", "science", "health", "travel", "lifestyle", "video", "latest",
    "trade", "navigation", "sections", "edition",
}  # fmt: skip
_LONGEST_SITE_NAME = 5
_REPEATED_WORDS = 4
# How many lines of a kind are a sign; one kind alone can be a clean article's list, table or footer.
_SIGNS = {
    Kind.MENU: 1, Kind.COUNT: 2, Kind.PROMPT: 2, Kind.LEGAL: 1, Kind.RELATED: 1, Kind.COMMENTS: 1,
    Kind.ORIGIN: 1, Kind.TEASER: 2, Kind.DATED: 4,
}  # fmt: skip
_CERTAIN_SIGNS = 3
_LIKELY_SIGNS = 2
_FRAME_LINES = 5
_ABOVE_TITLE = 3


def is_page_dump(text: str) -> bool:
    """Whether the text shows several signs of a page's frame around an article."""
    lines = read_lines(text)
    kinds = Counter(line.kind for line in lines)
    signs = sum(kinds[kind] >= least for kind, least in _SIGNS.items()) + _repeats_a_headline(lines)
    framing = sum(kinds[kind] for kind in FRAME)
    return signs >= _CERTAIN_SIGNS or (signs >= _LIKELY_SIGNS and framing >= _FRAME_LINES)


def _repeats_a_headline(lines: Sequence[Line]) -> bool:
    said = Counter(line.text for line in lines if line.kind is Kind.LABEL)
    return any(count > 1 and len(text.split()) >= _REPEATED_WORDS for text, count in said.items())


def article(text: str, url: str) -> Article:
    """The article in a saved page; title and text are empty where the page holds none."""
    lines = read_lines(text)
    body = find_body(lines)
    head = _head(lines, body)
    title = lines[body.title_at].text if body.title_at >= 0 else ""
    headed = _HEADLINE_AND_SITE.fullmatch(title)
    if headed and headed["site"] == _outlet(lines, headed["headline"]):
        title = headed["headline"]
    return Article(
        url=url,
        title=title,
        text=_joined(body.paragraphs),
        outlet=_outlet(lines, title),
        publisher=_first(first_publisher(line.text) for line in lines),
        authors=_authors(body, head),
        published=_first(published_in(line.text) for line in head),
    )


def _joined(paragraphs: Sequence[str]) -> str:
    parts = list(paragraphs[:1])
    for before, text in pairwise(paragraphs):
        parts.append(("\n" if is_list_item(before) and is_list_item(text) else "\n\n") + text)
    return "".join(parts)


def _head(lines: Sequence[Line], body: Body) -> list[Line]:
    """The lines that can date and sign the article: those under its headline, then those just above it."""
    at = body.title_at if body.title_at >= 0 else body.start - _ABOVE_TITLE
    above = lines[max(at - _ABOVE_TITLE, 0) : max(at, 0)]
    return [*under_headline(lines, max(at + 1, 0)), *reversed(above)]


def _authors(body: Body, head: Sequence[Line]) -> tuple[str, ...]:
    signed = _first(authors_in(line.text) for line in head)
    return signed or tuple(dict.fromkeys(body.credited))


def _outlet(lines: Sequence[Line], title: str) -> str | None:
    """The site's name: after the headline, at the top of the page, or beside the copyright."""
    rights = " ".join(line.text for line in lines if line.kind is Kind.LEGAL)
    return _first((_after_headline(lines, title), _at_the_top(lines, title, rights), _in_rights(lines)))


def _after_headline(lines: Sequence[Line], title: str) -> str | None:
    pairs = (_HEADLINE_AND_SITE.fullmatch(line.text) for line in lines)
    return next((pair["site"].strip() for pair in pairs if title and pair and pair["headline"] == title), None)


def _at_the_top(lines: Sequence[Line], title: str, rights: str) -> str | None:
    said = Counter(line.text for line in lines)
    for line in lines[:_FRAME_LINES]:
        text = line.text
        short = len(text.split()) <= _LONGEST_SITE_NAME and text != title and not is_list_item(text)
        if line.shape is Kind.LABEL and short and text.lower() not in _SECTIONS:
            return text if said[text] > 1 or text in rights or line is lines[0] else None
    return None


def _in_rights(lines: Sequence[Line]) -> str | None:
    found = (_LEGAL_NAME.match(line.text) for line in lines if line.kind is Kind.LEGAL)
    names = (_NAME_END.sub("", match["name"].strip()) for match in found if match)
    return next((name for name in names if name[:1].isupper() and name.lower() != "all rights reserved"), None)


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value), None)
