"""What a text is cut into before passages are put together from it: sentences, and how well each may end one.

A unit is a sentence, or a part of one that no window holds. Its `parting` is the cost of ending a passage
after it: nothing at the end of a paragraph, more inside one, and so much after a heading, before the first item
of a list or inside a quotation that it happens only where no window holds both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.sentences import sentences
from corpus.types import Span
from ingest.quotations import quotations

PARAGRAPH, LINE, TABLE, SENTENCE, ROW, INSIDE = 0.0, 0.1, 0.7, 1.0, 3.0, 5.0
INTRODUCTION = 100.0  # beyond what any number of well-placed ends in one window could make up for
QUOTATION = 1000.0

HEADING_CHARS = 90  # a longer line without a full stop is a caption or a cut sentence
MARKED_HEADING = re.compile(r"\s*(?:#{1,6}\s+\S|=+ .* =+\s*$)")
ITEM = re.compile(r"\s*(?:[-*+•·▪◦‣–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
CLOSED = re.compile(r"""[.!?…:;,。！？؟۔।]["'”’»」』)\]]*$""")
INTRODUCES = re.compile(r""":["'”’»)\]]*$""")
# Where a sentence that is too long is best cut, best first; each is looked for in the second half of a window.
CUTS = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"))
SPACE = re.compile(r"\s*+")
JOINER = "\u200d"  # holds two characters together, as in emoji and Indic scripts


class Kind(Enum):
    """What a line is to the lines around it."""

    HEADING = auto()
    SHORT = auto()  # a heading when prose follows
    ITEM = auto()
    ROW = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """A slice of the text, and the cost of ending a passage after it."""

    span: Span
    parting: float


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    kind: Kind
    introduces: bool
    closed: bool
    lower: bool


def units(text: str, max_chars: int) -> list[Unit]:
    """The units of `text`, in order, each at most `max_chars` characters; only white space lies between them."""
    lines = list(_lines(text))
    around = zip([None, *lines], lines, [*lines[1:], None], strict=False)
    found = [
        unit
        for before, line, after in around
        for unit in _units_of(text, line, _parting(text, before, line, after), max_chars)
    ]
    return _quotations_kept(found, [span for span in quotations(text) if span.end - span.start <= max_chars])


def pieces(text: str, span: Span, max_chars: int) -> Iterator[Span]:
    """The span in parts of at most `max_chars`: cut after a clause, else between words, else anywhere."""
    start = span.start
    while span.end - start > max_chars:
        cut = _cut(text, start, start + max_chars)
        yield Span(start, start + len(text[start:cut].rstrip()))
        start = SPACE.match(text, cut, span.end).end()  # type: ignore[union-attr] # matches always
    if start < span.end:
        yield Span(start, span.end)


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]+", text):
        line = match.group().strip()
        if line:
            tail = line[-8:]
            yield _Line(
                Span(*match.span()),
                _kind(line),
                introduces=INTRODUCES.search(tail) is not None,
                closed=CLOSED.search(tail) is not None,
                lower=line[0].islower(),
            )


def _kind(line: str) -> Kind:
    if MARKED_HEADING.match(line):
        return Kind.HEADING
    if " | " in line or line.startswith("|") or "\t" in line:
        return Kind.ROW
    if ITEM.match(line):
        return Kind.ITEM
    return Kind.SHORT if len(line) <= HEADING_CHARS and not CLOSED.search(line) else Kind.PROSE


def _units_of(text: str, line: _Line, parting: float, max_chars: int) -> Iterator[Unit]:
    whole = sentences(text, line.span)
    for sentence in whole:
        *first, last = pieces(text, sentence, max_chars)
        yield from (Unit(piece, INSIDE) for piece in first)
        yield Unit(last, parting if sentence is whole[-1] else SENTENCE)


def _parting(text: str, before: _Line | None, line: _Line, after: _Line | None) -> float:
    """The cost of ending a passage after a line that stands between two others."""
    if after is None:
        return PARAGRAPH
    if _introduces(before, line, after):
        return INTRODUCTION
    if line.kind is after.kind and line.kind in {Kind.ITEM, Kind.ROW}:
        return ROW
    if after.kind is Kind.ROW:
        return TABLE
    if text.count("\n", line.span.end, after.span.start) > 1:
        return PARAGRAPH
    return LINE if line.closed or not after.lower else INSIDE


def _introduces(before: _Line | None, line: _Line, after: _Line) -> bool:
    if line.kind is Kind.HEADING or line.introduces:
        return True
    if line.kind is Kind.SHORT:
        return after.kind in {Kind.PROSE, Kind.ITEM}
    # The first row of a table names its columns.
    return line.kind is after.kind is Kind.ROW and (before is None or before.kind is not Kind.ROW)


def _quotations_kept(found: Sequence[Unit], quoted: Sequence[Span]) -> list[Unit]:
    kept, waiting = list(found), iter(quoted)
    quotation = next(waiting, None)
    for number, unit in enumerate(found):
        while quotation and quotation.end <= unit.span.end:
            quotation = next(waiting, None)
        if quotation and quotation.start < unit.span.end:
            kept[number] = replace(unit, parting=QUOTATION)
    return kept


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut `text[start:]` at or before `end`."""
    middle = (start + end) // 2
    for pattern in CUTS:
        last = max((match.end() for match in pattern.finditer(text, middle, end + 1)), default=0)
        if last:
            return min(last, end)
    space = max((match.start() for match in CUTS[-1].finditer(text, start + 1, middle)), default=0)
    return space or _between_characters(text, start, end)


def _between_characters(text: str, start: int, end: int) -> int:
    """The last place at or before `end` that parts no letter from its marks; `end` where there is none."""
    cut = end
    while cut > start and (text[cut - 1] == JOINER or text[cut] == JOINER or unicodedata.category(text[cut])[0] == "M"):
        cut -= 1
    return cut if cut > start else end
