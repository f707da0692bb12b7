"""Which line of a saved page is the article's headline, and which lines sign and date it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract.lines import FRAME, SENTENCES, Kind, is_list_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extract.page_lines import Line


_HEAD_LINES = 8
_FEWEST_TITLE_WORDS = 2
_ENOUGH_TITLE_WORDS = 8
_LONG_TITLE_WORDS = 14
_MOST_TITLE_WORDS = 30
_LONGEST_TITLE = 200
_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff]{4,}|[\u3040-\u30ff\u3400-\u9fff]{2}")
_BESIDE = FRAME | {Kind.DATED, Kind.CREDIT}
# A headline is this near to where the prose starts; menus, dates and buttons between them do not count.
_LINES_ABOVE = 60
_FURTHEST_ABOVE = 300
_LINES_BELOW = 20
_UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
_FIRST_APPEARED = re.compile(r"The post (?P<headline>.{1,300}) appeared first ")
_SITE_MARKS = (" |", " -", " –", " —", " ·", " •")


def title_at(lines: Sequence[Line], start: int, end: int) -> int:
    """The index of the headline, -1 when no line over the prose can be one."""
    prose = {word for line in lines[start:end] if line.kind is Kind.PROSE for word in _long_words(line.text)}
    said = _said(lines)
    near = (i for i in _near(lines, start, end) if _can_be_title(lines[i]))
    scored = [(_title_score(lines, i, start, prose, said), i) for i in near]
    best = max(scored, default=(0.0, -1))
    return best[1] if best[0] > 0 else -1


def _near(lines: Sequence[Line], start: int, end: int) -> Iterator[int]:
    yield from range(start, min(start + _LINES_BELOW, end))
    counted = 0
    for i in range(start - 1, max(start - _FURTHEST_ABOVE, 0) - 1, -1):
        yield i
        counted += lines[i].kind not in _BESIDE
        if counted >= _LINES_ABOVE:
            return


def _long_words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _can_be_title(line: Line) -> bool:
    if line.kind is Kind.DATED or (is_list_item(line.text) and line.shape is not Kind.LABEL):
        return False
    # Search engines and feeds cut headlines short ("Ministers leave without ...").
    asks = line.kind in SENTENCES and line.text.rstrip('"”’»」』').endswith(("?", "!", "?", "!"))
    if line.text.endswith((",", ":", ";", ":")) or _UPDATED.match(line.text):
        return False
    shaped = line.shape in {Kind.LABEL, Kind.TEASER} or asks
    return shaped and _FEWEST_TITLE_WORDS <= line.words <= _MOST_TITLE_WORDS and len(line.text) <= _LONGEST_TITLE


def _title_score(lines: Sequence[Line], at: int, start: int, prose: set[str], said: dict[str, int]) -> float:
    """How much a line looks like the headline: on the prose's subject, near it, dated, repeated, long."""
    line = lines[at]
    named = _long_words(line.text)
    about = len(named & prose) / len(named) if named else 0
    dated = any(head.kind is Kind.DATED for head in under_headline(lines, at + 1))
    near = -_lines_between(lines[at:start]) / 10 if at < start else -_prose_words(lines[start:at]) / 10
    cut = line.shape is Kind.TEASER
    long = max(line.words - _LONG_TITLE_WORDS, 0)
    score = near + 4 * about + 3 * dated + min(line.words, _ENOUGH_TITLE_WORDS) / 2 - 3 * cut - 0.3 * long
    return score + 4 * (said[line.text] > 1 and line.words > _FEWEST_TITLE_WORDS)


def _said(lines: Sequence[Line]) -> dict[str, int]:
    """How often each line is said: alone, before a site's name, in "The post … appeared first"."""
    counts: dict[str, int] = {}
    for line in lines:
        for headline in _headlines_in(line.text[: 2 * _LONGEST_TITLE]):
            counts[headline] = counts.get(headline, 0) + 1
    return counts


def _headlines_in(text: str) -> set[str]:
    found = {text}
    for mark in _SITE_MARKS:
        found |= {text.partition(mark)[0], text.rpartition(mark)[0]}
    post = _FIRST_APPEARED.match(text)
    return found | {post["headline"]} if post else found


def under_headline(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The few lines from `at` on that can sign and date a headline; one paragraph of them is a standfirst."""
    prose = counted = 0
    for line in lines[at : at + _FURTHEST_ABOVE]:
        prose += line.kind is Kind.PROSE
        counted += line.kind not in FRAME
        if prose > 1 or counted > _HEAD_LINES:
            return
        yield line


def _lines_between(lines: Sequence[Line]) -> int:
    return sum(line.kind not in _BESIDE for line in lines)


def _prose_words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines if line.kind in SENTENCES)
