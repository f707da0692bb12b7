"""Which lines of a saved page belong to other articles: those under "Related", "Most read" and their like."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.extract.lines import FRAME, SENTENCES, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.extract.page_lines import Line

_LISTED_TITLES = 2
_RESUMING_WORDS = 12
_INLINE_WORDS = 3
_LONG_HEADING = 8
_MARK = re.compile(r"[:|»›]|\s[-–—]\s")
_SKIPPED = {Kind.CREDIT, Kind.COUNT, Kind.PROMPT}
_STOPS = {Kind.RELATED, Kind.COMMENTS, Kind.LEGAL, Kind.ABOUT}


def with_related(lines: list[Line]) -> list[Line]:
    """The lines, with those that belong to other articles as teasers; an article goes on after a list of them."""
    goes_on = _prose_goes_on(lines)
    i = 0
    while i < len(lines):
        opened = lines[i].kind is Kind.RELATED and not _names_its_own(lines, i)
        i += 1
        if opened:
            end = _resumed(lines, i, goes_on)
            lines[i:end] = [line if line.kind in FRAME else replace(line, kind=Kind.TEASER) for line in lines[i:end]]
            i = end
    return lines


def _names_its_own(lines: Sequence[Line], at: int) -> bool:
    """Whether the other article is named on the heading's own line ("Related: Inside the quiet factory")."""
    line = lines[at]
    if line.kind is not Kind.RELATED or at + 1 >= len(lines) or lines[at + 1].kind not in SENTENCES:
        return False
    named = _MARK.split(line.text, maxsplit=1)[1:]
    return line.words >= _LONG_HEADING or any(len(part.split()) >= _INLINE_WORDS for part in named)


def _prose_goes_on(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether two paragraphs in a row come at it or later, before the page turns elsewhere."""
    found, following, goes_on = False, None, [False] * len(lines)
    for i in range(len(lines) - 1, -1, -1):
        kind = lines[i].kind
        if kind in _STOPS and not _names_its_own(lines, i):
            found, following = False, None
        elif kind not in _SKIPPED:
            found = found or (kind is Kind.PROSE and following is Kind.PROSE)
            following = kind
        goes_on[i] = found
    return goes_on


def _resumed(lines: Sequence[Line], start: int, goes_on: Sequence[bool]) -> int:
    """Where the article goes on: at two paragraphs in a row, or at the first one after a list of mere titles."""
    titles = 0
    for i in range(start, len(lines)):
        line = lines[i]
        if line.kind is Kind.RELATED:
            return i
        if line.kind is not Kind.PROSE:
            titles += line.shape not in FRAME
            continue
        followed = i + 1 < len(lines) and lines[i + 1].kind is Kind.PROSE
        if followed or (titles >= _LISTED_TITLES and line.words >= _RESUMING_WORDS and goes_on[i]):
            return i
        # A teaser's own text: what follows is no list of mere titles.
        titles = -len(lines)
    return len(lines)
