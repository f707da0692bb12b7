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

from ingest.extract.bylines import is_credit, reporters, writer
from ingest.extract.headline import title_at as headline_at
from ingest.extract.lines import FRAME, SENTENCES, Kind, ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extract.page_lines import Line


_SCORES = {
    Kind.SHORT: 3, Kind.ITEM: -1, Kind.LABEL: -4, Kind.TEASER: -10, Kind.DATED: -12, Kind.MENU: -10,
    Kind.COUNT: -6, Kind.PROMPT: -8, Kind.LEGAL: -40, Kind.CREDIT: -4, Kind.ORIGIN: -30, Kind.RELATED: -25,
    Kind.ABOUT: -25, Kind.COMMENTS: -60,
}  # fmt: skip
_TEXT = SENTENCES | {Kind.ITEM}
_ELSEWHERE = {Kind.MENU, Kind.RELATED, Kind.TEASER}
_BESIDE = FRAME | {Kind.CREDIT}
_MOST_WORDS = 60
_FOOT_LINES = 12
_BOX_LINES = 12
_COMMENTED_PROSE = 2
_POINT_WORDS = 5
_PULLED_WORDS = 6
_PULLED_FROM = 12
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?。！？]+")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's lines, where its headline (-1: nowhere) and its text are, and who is credited."""

    lines: tuple[Line, ...]
    title_at: int
    start: int
    credited: tuple[str, ...]


def find_body(lines: Sequence[Line]) -> Body:
    """The article among the lines."""
    start, end = _best_run(lines)
    title_at = headline_at(lines, start, end)
    start = _with_opening(lines, start, end, title_at)
    found = _without_pull_quotes(list(_article_lines(lines, start, end, title_at)))
    kept, credited = _without_credits(found)
    credited = credited or tuple(_credited(lines[end : end + _FOOT_LINES]))
    return Body(tuple(kept), title_at, start, credited)


def _best_run(lines: Sequence[Line]) -> tuple[int, int]:
    """`[start, end)` of the highest sum of scores; what is under "Comments" is out of the running."""
    best, run, start, bounds = 0, 0, 0, (0, 0)
    for i, line in enumerate(lines[: _last_line(lines)]):
        if run <= 0:
            run, start = 0, i
        run += _score(line)
        if run > best and line.kind in _TEXT:
            best, bounds = run, (start, i + 1)
    return bounds


def _last_line(lines: Sequence[Line]) -> int:
    """The index where readers' comments, or what is said of the writers under an article, begin."""
    written = sum(line.words for line in lines if line.kind is Kind.PROSE)
    prose, words = 0, 0
    for i, line in enumerate(lines):
        prose += line.kind is Kind.PROSE
        words += line.words * (line.kind is Kind.PROSE)
        commented = line.kind is Kind.COMMENTS and prose >= _COMMENTED_PROSE
        if commented or (line.kind is Kind.ABOUT and words * 2 >= written):
            return i
    return len(lines)


def _score(line: Line) -> int:
    if line.kind is Kind.PROSE or (line.kind is Kind.ITEM and ends_sentence(line.text)):
        return min(line.words, _MOST_WORDS)
    return _SCORES[line.kind]


def _with_opening(lines: Sequence[Line], start: int, end: int, title_at: int) -> int:
    """Where the text starts, with what stands under the headline and before the run: a standfirst, key points."""
    if title_at >= start:
        return next((i for i in range(title_at + 1, end) if lines[i].kind in SENTENCES), end)
    first = next((i for i in range(title_at + 1, start) if _opens(lines, i)), start)
    if title_at < 0 or any(line.kind in _ELSEWHERE for line in lines[first:start]):
        return start
    headed = lines[first].kind is Kind.ITEM and first - 1 > title_at and lines[first - 1].kind is Kind.LABEL
    return first - headed


def _opens(lines: Sequence[Line], at: int) -> bool:
    point = lines[at].kind is Kind.ITEM and lines[at].words >= _POINT_WORDS
    return lines[at].kind in SENTENCES or (point and lines[at + 1].kind is Kind.ITEM)


def _article_lines(lines: Sequence[Line], start: int, end: int, title_at: int) -> Iterator[Line]:
    title = lines[title_at].text if title_at >= 0 else ""
    said = Counter(line.text for line in lines)
    seen: set[str] = set()
    for i in range(start, end):
        line = lines[i]
        if line.text == title or (line.text in seen and line.kind is not Kind.SHORT):
            continue
        if line.kind in _TEXT or (said[line.text] == 1 and _is_subheading(lines, i, start, end)):
            seen.add(line.text)
            yield line


def _is_subheading(lines: Sequence[Line], at: int, start: int, end: int) -> bool:
    """A label of the article's own stands alone over its sentences."""
    if lines[at].kind is not Kind.LABEL or at + 1 >= end or _is_among_buttons(lines, at):
        return False
    following = lines[at + 1 : min(at + 1 + _BOX_LINES, end)]
    below = next((line for line in following if line.kind not in _BESIDE), lines[at])
    stacked = at > start and lines[at - 1].kind is Kind.LABEL and lines[at - 1].block == lines[at].block
    return below.kind in _TEXT and not stacked


def _is_among_buttons(lines: Sequence[Line], at: int) -> bool:
    below = lines[at + 1]
    return below.block == lines[at].block and below.kind in FRAME


def _without_pull_quotes(lines: list[Line]) -> list[Line]:
    """The lines without those that only say a neighbour's words again."""
    said = [_plain(line.text) for line in lines]
    return [line for i, line in enumerate(lines) if not _is_pulled(lines, said, i)]


def _is_pulled(lines: Sequence[Line], said: Sequence[str], at: int) -> bool:
    line = lines[at]
    if line.kind is Kind.ITEM or not _PULLED_WORDS <= line.words <= _MOST_WORDS:
        return False
    parts = [plain for part in _SENTENCE_END.split(line.text) if (plain := _plain(part)).strip()]
    near = (n for n in range(max(at - _PULLED_FROM, 0), min(at + _PULLED_FROM, len(lines))) if n != at)
    return any(len(said[n]) > len(said[at]) and all(part in said[n] for part in parts) for n in near)


def _plain(text: str) -> str:
    """The words alone, with a space on both sides, so that only whole words are found among them."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _without_credits(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without those at the end that are about the writers, and the names of those."""
    count = len(lines)
    while count and _ends_after(lines[count - 1]):
        count -= 1
    return lines[:count], tuple(_credited(lines[count:]))


def _ends_after(line: Line) -> bool:
    return line.kind is Kind.LABEL or line.text.endswith(":") or is_credit(line.text)


def _credited(lines: Sequence[Line]) -> Iterator[str]:
    """The writers that the lines under an article name or introduce."""
    for line in lines:
        if line.kind in {Kind.RELATED, Kind.COMMENTS}:
            return
        name = writer(line.text)
        yield from (name,) if name else reporters(line.text)
