"""Text files: an article with its title on the first line, or a web page that was saved as text.

A clean article comes through whole: only its title and the lines that name its date, authors and source leave
the text, and those are kept as fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.types import Article
from ingest.extract.address import is_web_address
from ingest.extract.bylines import people
from ingest.extract.dates import published_in
from ingest.extract.decode import decode
from ingest.extract.lines import authors_in, ends_sentence, is_list_item
from ingest.extract.normalise import one_line, tidy
from ingest.extract.not_article import check
from ingest.extract.page_dump import page_article

if TYPE_CHECKING:
    from ingest.document import Document

_NAMED = re.compile(r"(title|author|authors|outlet|source|publisher|url|link|language)\s*:\s*(\S.*)", re.IGNORECASE)
_UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified)\b.{0,60}\d.{0,30}", re.IGNORECASE)
_CELLS = re.compile(r"(?<=\S)[ ]?\t+[ ]?(?=\S)")
_HEADLINE_ENDS = ("?", "!", "..", "…")
_LONGEST_TITLE = 200
_WIDEST_WRAP = 120
_NARROWEST_WRAP = 50
_FEWEST_WRAPS = 5
_FULL = 0.75
_NEARLY_FULL = 0.9
_MOST_ARE_WRAPS = 0.9


@dataclass
class _Head:
    """What the lines above the article's text say."""

    named: dict[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    published: str | None = None

    def take(self, line: str) -> bool:
        """Whether the line is about the article instead of part of it."""
        named = _NAMED.fullmatch(line)
        authors = authors_in(line)
        published = published_in(line)
        if named:
            self.named.setdefault(named[1].lower(), named[2].strip())
        self.authors = self.authors or authors
        self.published = self.published or published
        return bool(named or authors or published or (_UPDATED.fullmatch(line) and not ends_sentence(line)))


def extract_plain(document: Document) -> Article:
    """The article in a text file; its title is empty when no line is one.

    Raises SourceSkipped when it is a saved stub or notice, SourceError when it cannot be read.
    """
    text = unwrapped(tidy(_with_columns(decode(document.data, document.charset))))
    check("", text)
    return page_article(text, document.url) or _clean_article(text, document.url)


def _with_columns(text: str) -> str:
    """A table's cells, which tabs hold apart, with marks between them: tidied text has no tabs."""
    return "\n".join(_CELLS.sub(" | ", line) if line.count("\t") > 1 else line for line in text.split("\n"))


def _clean_article(text: str, url: str) -> Article:
    lines = text.split("\n")
    head = _Head()
    title, rest = _title_and_rest(lines, head)
    start = _first_text(rest, head)
    named = head.named
    link = named.get("url") or named.get("link") or ""
    return Article(
        url=link if is_web_address(link) else url,
        title=named.get("title") or title,
        text="\n".join(rest[start:]),
        outlet=named.get("outlet") or named.get("source"),
        publisher=named.get("publisher"),
        authors=head.authors or people(named.get("author") or named.get("authors") or ""),
        published=head.published,
        language=named.get("language"),
    )


def _first_text(lines: list[str], head: _Head) -> int:
    """The index of the first line that is not about the article; `head` takes those before it."""
    return next((i for i, line in enumerate(lines) if line and not head.take(line)), len(lines))


def _title_and_rest(lines: list[str], head: _Head) -> tuple[str, list[str]]:
    """The title and the lines after it. A first line that could be a sentence of the text stays there."""
    rest = lines[_first_text(lines, head) :]
    if not rest or "title" in head.named or not _is_title(rest):
        return "", rest
    return one_line(rest[0].lstrip("# ")), rest[1:]


def _is_title(lines: list[str]) -> bool:
    first, following = lines[0], lines[1:]
    if len(first) > _LONGEST_TITLE or is_list_item(first) or not any(line for line in following):
        return False
    if ends_sentence(first) and not first.endswith(_HEADLINE_ENDS):
        return _Head().take(next(line for line in following if line))
    stands_alone = not following[0] or _Head().take(following[0])
    return stands_alone or len(following[0]) > max(_WIDEST_WRAP, len(first))


def unwrapped(text: str) -> str:
    """The text with the line breaks of a fixed-width layout taken back.

    A break is the layout's when the next line's first word would not have fitted. Only a text in which nearly
    every full line ends in such a break counts as laid out; a list's or a poem's lines end early.
    """
    width = max((len(line) for line in text.split("\n")), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return text
    blocks = [block.split("\n") for block in text.split("\n\n")]
    pairs = [pair for lines in blocks for pair in pairwise(lines) if len(pair[0]) > width * _FULL]
    wraps = sum(_is_wrap(pair, width) for pair in pairs)
    if wraps < max(_FEWEST_WRAPS, len(pairs) * _MOST_ARE_WRAPS):
        return text
    return "\n\n".join(_joined(lines, width) for lines in blocks)


def _is_wrap(pair: tuple[str, str], width: int) -> bool:
    line, following = pair
    words = following.split(maxsplit=1)
    return bool(words) and not is_list_item(following) and len(line) + 1 + len(words[0]) > width


def _joined(lines: list[str], width: int) -> str:
    parts = lines[:1]
    for pair in pairwise(lines):
        # Few layouts fill every line to the last word that fits.
        nearly = len(pair[0]) > width * _NEARLY_FULL and not is_list_item(pair[1])
        parts.append((" " if nearly or _is_wrap(pair, width) else "\n") + pair[1].strip())
    return "".join(parts)
