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
from ingest.extract.bylines import writer
from ingest.extract.headline import under_headline
from ingest.extract.lines import FRAME, SENTENCES, Kind, dated_in, first_publisher, is_list_item, speaks_to_reader
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
_TOP_LINES = 12
_SHORTEST_NAME = 3
_ABOVE_TITLE = 3


def page_article(text: str, url: str) -> Article | None:
    """The article in a saved page, title and text empty where the page holds none; None when it is no page."""
    lines = read_lines(text)
    return _article(lines, url) if _is_framed(lines) else None


def _is_framed(lines: Sequence[Line]) -> bool:
    kinds = Counter(line.kind for line in lines)
    signs = sum(kinds[kind] >= least for kind, least in _SIGNS.items()) + _repeats_a_headline(lines)
    framing = sum(kinds[kind] for kind in FRAME)
    return signs >= _CERTAIN_SIGNS or (signs >= _LIKELY_SIGNS and framing >= _FRAME_LINES)


def _repeats_a_headline(lines: Sequence[Line]) -> bool:
    said = Counter(line.text for line in lines if line.kind is Kind.LABEL)
    return any(count > 1 and len(text.split()) >= _REPEATED_WORDS for text, count in said.items())


def _article(lines: Sequence[Line], url: str) -> Article:
    body = find_body(lines)
    head = _head(lines, body)
    title = lines[body.title_at].text if body.title_at >= 0 else ""
    headed = _HEADLINE_AND_SITE.fullmatch(title)
    if headed and headed["site"] == _outlet(lines, headed["headline"]):
        title = headed["headline"]
    return Article(
        url=url,
        title=title,
        text=_joined(body.lines),
        outlet=_outlet(lines, title),
        publisher=_first(first_publisher(line.text) for line in lines),
        authors=_authors(body, head),
        published=_first(dated_in(line.text) for line in head),
    )


def _joined(lines: Sequence[Line]) -> str:
    parts = [line.text for line in lines[:1]]
    for before, line in pairwise(lines):
        listed = before.kind is line.kind is Kind.ITEM and before.block == line.block and _mark(before) == _mark(line)
        parts.append(("\n" if listed else "\n\n") + line.text)
    return "".join(parts)


def _mark(item: Line) -> str:
    """What kind of list the item is of: a bullet's sign, "1" for numbers, nothing for a table's row."""
    first = item.text[0]
    return "" if not is_list_item(item.text) else "1" if first.isdigit() else first


def _head(lines: Sequence[Line], body: Body) -> list[Line]:
    """The lines that can date and sign the article: those under its headline, then those just above it."""
    at = body.title_at if body.title_at >= 0 else body.start - _ABOVE_TITLE
    above = lines[max(at - _ABOVE_TITLE, 0) : max(at, 0)]
    return [*under_headline(lines, max(at + 1, 0)), *reversed(above)]


def _authors(body: Body, head: Sequence[Line]) -> tuple[str, ...]:
    signed = (name for line in head for name in line.names)
    return tuple(dict.fromkeys(signed)) or tuple(dict.fromkeys(body.credited))


def _outlet(lines: Sequence[Line], title: str) -> str | None:
    """The site's name: after the headline, at the top of the page, or beside the copyright."""
    return _first((_after_headline(lines, title), _at_the_top(lines, title), _in_rights(lines)))


def _after_headline(lines: Sequence[Line], title: str) -> str | None:
    pairs = (_HEADLINE_AND_SITE.fullmatch(line.text) for line in lines if title and line.text.startswith(title))
    return next((pair["site"].strip() for pair in pairs if pair and pair["headline"] == title), None)


def _at_the_top(lines: Sequence[Line], title: str) -> str | None:
    """The first short line of the page that is said again, or the very first one."""
    names = [line for line in lines[:_TOP_LINES] if _can_name_a_site(line, title)]
    again = next((line.text for line in names if _is_said_again(lines, line)), None)
    return again or (names[0].text if names and names[0] is lines[0] else None)


def _can_name_a_site(line: Line, title: str) -> bool:
    short = line.words <= _LONGEST_SITE_NAME and line.text != title
    return line.shape is Kind.LABEL and short and not speaks_to_reader(line.text) and line.text.lower() not in _SECTIONS


def _is_said_again(lines: Sequence[Line], name: Line) -> bool:
    rights = _in_rights(lines)
    if rights and len(rights) > _SHORTEST_NAME and (rights in name.text or name.text in rights):
        return True
    framing = (line for line in lines if line is not name and (line.kind not in SENTENCES or writer(line.text)))
    return len(name.text.split()) > 1 and any(name.text in line.text for line in framing)


def _in_rights(lines: Sequence[Line]) -> str | None:
    found = (_LEGAL_NAME.match(line.text) for line in lines if line.kind is Kind.LEGAL)
    names = (_NAME_END.sub("", match["name"].strip()) for match in found if match)
    return next((name for name in names if name[:1].isupper() and name.lower() != "all rights reserved"), None)


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value), None)
