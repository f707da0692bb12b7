"""Where the article is among a saved page's lines.

The body is the run of lines with the highest sum of scores (a maximum subsequence, as in Pasternack and
Roth, "Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009): sentences
count for it by their words, the page's frame against it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract.headline import title_at as headline_at
from ingest.extract.lines import SENTENCES, Kind, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extract.page_lines import Line


_SCORES = {
    Kind.SHORT: 3, Kind.ITEM: -1, Kind.LABEL: -4, Kind.TEASER: -10, Kind.DATED: -12, Kind.MENU: -10,
    Kind.COUNT: -6, Kind.PROMPT: -8, Kind.LEGAL: -40, Kind.CREDIT: -4, Kind.ORIGIN: -30, Kind.RELATED: -25,
    Kind.COMMENTS: -60,
}  # fmt: skip
_MOST_WORDS = 60
_FOOT_LINES = 12
_COMMENTED_PROSE = 2
_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,4})"
_WORK = (
    r"(?:reporter|correspondent|editor|writer|columnist|journalist|bureau|producer|contributor|freelancer?"
    r"|staff|fellow)"
)
_BIO = re.compile(
    rf"{_NAME},?\s+(?:(?:is|was|works as)\s+(?:an?|the|our|{_WORK})\b.{{0,200}}"
    rf"|covers\b.{{1,200}}\bfor\b.{{0,150}}"
    r"|(?:reports|writes)\s+(?:on|about|from|for)\b.{0,200}|(?:has|joined"
    r"|leads)\b.{1,200}\b(?:coverage|newsroom|bureau)\b.{0,150}).*"
)
_BIO_OF_A_WRITER = re.compile(rf"\b(?:{_WORK}s?|covers|reports (?:on|from)|writes (?:on|about|for))\b", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:.{3,160}\bcontributed (?:reporting|research|to this|from)\b.{0,100}"
    r"|(?:additional |with )?(?:reporting|editing|research|writing"
    r"|translat\w+)(?: and \w+)? (?:by|from|in)\b.{3,200}"
    r"|\((?:additional |with )?(?:reporting|editing)\b.{3,250}|with files from .{2,100})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """The article's paragraphs, where its headline (-1: nowhere) and its text are, and who is credited."""

    paragraphs: tuple[str, ...]
    title_at: int
    start: int
    credited: tuple[str, ...]


def find_body(lines: Sequence[Line]) -> Body:
    """The article among the lines."""
    start, end = _best_run(lines)
    title_at = headline_at(lines, start, end)
    first = next((i for i in range(title_at + 1, end) if lines[i].kind in SENTENCES), end)
    start = first if title_at >= start or _only_prose_between(lines, first, start) else start
    kept, credited = _without_credits(list(_article_lines(lines, start, end, title_at)))
    credited = credited or tuple(_written_about(lines[end : end + _FOOT_LINES]))
    return Body(tuple(line.text for line in kept), title_at, start, credited)


def _best_run(lines: Sequence[Line]) -> tuple[int, int]:
    """`[start, end)` of the highest sum of scores; what is under "Comments" is out of the running."""
    best, run, start, bounds, prose = 0, 0, 0, (0, 0), 0
    for i, line in enumerate(lines):
        prose += line.kind is Kind.PROSE
        if line.kind is Kind.COMMENTS and prose >= _COMMENTED_PROSE:
            break
        if run <= 0:
            run, start = 0, i
        run += _score(line)
        if run > best and line.kind in SENTENCES | {Kind.ITEM}:
            best, bounds = run, (start, i + 1)
    return bounds


def _score(line: Line) -> int:
    words = min(len(line.text.split()), _MOST_WORDS)
    if line.kind is Kind.PROSE or (line.kind is Kind.ITEM and ends_sentence(line.text)):
        return words
    return _SCORES[line.kind]


def _only_prose_between(lines: Sequence[Line], first: int, start: int) -> bool:
    """Whether the lines over the run can be the article's standfirst: no menu, no other article."""
    return first < start and not any(line.kind in {Kind.MENU, Kind.RELATED, Kind.TEASER} for line in lines[first:start])


def _article_lines(lines: Sequence[Line], start: int, end: int, title_at: int) -> Iterator[Line]:
    title = lines[title_at].text if title_at >= 0 else ""
    said = Counter(line.text for line in lines)
    seen: set[str] = set()
    for i in range(start, end):
        line = lines[i]
        if line.text == title or line.text in seen:
            continue
        if line.kind in SENTENCES | {Kind.ITEM} or (said[line.text] == 1 and _is_subheading(lines, i, end)):
            seen.add(line.text)
            yield line


def _is_subheading(lines: Sequence[Line], at: int, end: int) -> bool:
    """A label of the article's own stands alone between its sentences."""
    inside = 0 < at < end - 1
    return (
        inside
        and lines[at].kind is Kind.LABEL
        and lines[at - 1].kind in SENTENCES | {Kind.ITEM}
        and lines[at + 1].kind in SENTENCES | {Kind.ITEM}
    )


def _without_credits(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without those at the end that are about the writers, and the names of those."""
    count = len(lines)
    while count and _is_credit(lines[count - 1]):
        count -= 1
    return lines[:count], tuple(_written_about(lines[count:]))


def _is_credit(line: Line) -> bool:
    return line.kind is Kind.LABEL or bool(_CREDITS.fullmatch(line.text) or _writer(line.text))


def _written_about(lines: Sequence[Line]) -> Iterator[str]:
    """The writers that the lines under an article introduce."""
    for line in lines:
        if line.kind in {Kind.RELATED, Kind.COMMENTS}:
            return
        name = _writer(line.text)
        if name:
            yield name


def _writer(text: str) -> str | None:
    bio = _BIO.fullmatch(text)
    return bio["name"] if bio and _BIO_OF_A_WRITER.search(text) else None
