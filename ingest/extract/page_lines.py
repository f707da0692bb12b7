"""A saved page's lines, each told apart with its neighbours in view (lines.py sees one line alone)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.extract import frame_words
from ingest.extract.bylines import is_by, names_signed, people
from ingest.extract.lines import (
    FRAME,
    SENTENCES,
    Kind,
    authors_in,
    is_link,
    is_list_item,
    kind_of,
    speaks_to_reader,
    word_count,
)
from ingest.extract.related import with_related

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A wide gap says no more than one of three spaces, and patterns that look for gaps would look at it often.
_GAP = re.compile(r"\s{4,}")
_LONGEST_LABEL = 60
_MENU_LENGTH = 5
_BOX_LINES = 12
_SMALL_BOX_LINES = 6
_BOX_PROSE_WORDS = 30
_CERTAIN_BOX = 2
_TABLE_ROWS = 3
_ROWS_WITH_FIGURES = 0.6
_LONGEST_ROW = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `kind` takes its neighbours into account, `shape` does not."""

    text: str
    kind: Kind
    shape: Kind
    block: int
    words: int
    names: tuple[str, ...] = ()


def read_lines(text: str) -> list[Line]:
    """The text's lines, told apart."""
    lines = list(_lines(text))
    for step in _STEPS:
        lines = step(lines)
    return lines


def _lines(text: str) -> Iterator[Line]:
    for number, block in enumerate(text.split("\n\n")):
        for raw in block.split("\n"):
            line = _GAP.sub("   ", raw.strip())
            if line:
                kind = kind_of(line)
                names = authors_in(line) if kind is Kind.DATED else ()
                yield Line(line, kind, kind, number, word_count(line), names)


def _with_bylines(lines: list[Line]) -> list[Line]:
    """Bylines over several lines: "By" over a name, a name over what its bearer does."""
    for i in range(len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        if is_by(line.text) and following.kind is Kind.LABEL and people(following.text):
            lines[i] = replace(line, kind=Kind.DATED)
            lines[i + 1] = replace(following, kind=Kind.DATED, names=people(following.text))
        elif {line.shape, following.shape} == {Kind.LABEL} and (names := names_signed(line.text, following.text)):
            lines[i] = replace(line, kind=Kind.DATED, names=names)
            lines[i + 1] = replace(following, kind=Kind.DATED)
    return lines


def _with_dashes(lines: list[Line]) -> list[Line]:
    """Lines in a row that open with a long dash are a list; one alone is somebody speaking."""
    for i in range(len(lines) - 1):
        pair = lines[i : i + 2]
        if pair[0].block == pair[1].block and all(line.text.startswith("— ") for line in pair):
            lines[i : i + 2] = [replace(line, kind=Kind.ITEM) for line in pair]
    return lines


def _with_tables(lines: list[Line]) -> list[Line]:
    """Short lines with figures, one right under the other, are a table's rows."""
    start = 0
    for _, found in groupby(lines, lambda line: (line.block, line.kind in {Kind.LABEL, Kind.MENU, Kind.ITEM})):
        run = list(found)
        end = start + len(run)
        while run and not _is_row(run[-1].text):
            run.pop()
        first = next((n for n, line in enumerate(run) if _is_row(line.text)), len(run))
        # The line over the first row of figures names the columns.
        first = max(first - 1, 0) if run and run[0].kind is not Kind.ITEM else first
        rows = run[first:]
        figures = sum(_is_row(line.text) for line in rows)
        if figures >= _TABLE_ROWS and figures >= len(rows) * _ROWS_WITH_FIGURES:
            at = start + first
            lines[at : at + len(rows)] = [replace(line, kind=Kind.ITEM) for line in rows]
        start = end
    return lines


def _is_row(text: str) -> bool:
    """A name and figures after it, no sentence and no list's entry."""
    cells = text.split()
    later = (cell for cell in cells[1:] if any(letter.isdigit() for letter in cell))
    return 1 < len(cells) <= _LONGEST_ROW and not is_list_item(text) and any(later)


def _with_menus(lines: list[Line]) -> list[Line]:
    """Runs of links are menus, unless a sentence introduces them as its list."""
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end].kind in {Kind.LABEL, Kind.ITEM} and is_link(lines[end].text):
            continue
        if end - start >= _MENU_LENGTH and not _is_introduced(lines, start, end):
            lines[start:end] = [replace(line, kind=Kind.MENU) for line in lines[start:end]]
        start = end + 1
    return lines


def _is_introduced(lines: Sequence[Line], start: int, end: int) -> bool:
    if start == 0:
        return False
    listed = all(line.kind is Kind.ITEM for line in lines[start:end])
    between = end < len(lines) and lines[start - 1].kind is lines[end].kind is Kind.PROSE
    return lines[start - 1].text.endswith((":", ":")) or (listed and between)


def _with_captions(lines: list[Line]) -> list[Line]:
    """A sentence right over a picture's credit, the two of them alone, is the picture's caption."""
    sizes = Counter(line.block for line in lines)
    for i in range(len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        pair = line.block == following.block and sizes[line.block] == 2  # noqa: PLR2004 - the two of them
        if pair and following.kind is Kind.CREDIT and line.kind in SENTENCES | {Kind.LABEL}:
            lines[i] = replace(line, kind=Kind.CREDIT)
    return lines


def _with_paid(lines: list[Line]) -> list[Line]:
    """What "Sponsored" stands over is paid for."""
    for i in range(len(lines) - 1):
        if lines[i + 1].kind is Kind.LABEL and frame_words.PAID.fullmatch(lines[i].text[:_LONGEST_LABEL]):
            lines[i + 1] = replace(lines[i + 1], kind=Kind.PROMPT)
    return lines


def _with_boxes(lines: list[Line]) -> list[Line]:
    """A small block that is mostly frame is frame altogether: a sign-up box, a consent notice."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    framed = {number: sum(line.kind in FRAME for line in block) for number, block in blocks.items()}
    boxes = {number for number, block in blocks.items() if _is_box(block, framed[number])}
    return [
        replace(line, kind=Kind.PROMPT) if line.block in boxes and _is_boxed(line, framed[line.block]) else line
        for line in lines
    ]


def _is_box(block: Sequence[Line], framed: int) -> bool:
    if not framed or not 1 < len(block) <= _BOX_LINES:
        return False
    if all(line.kind is Kind.COUNT for line in block if line.kind in FRAME):
        return False
    others = (line for line in block if line.kind not in FRAME)
    chatty = len(block) <= _SMALL_BOX_LINES and all(speaks_to_reader(line.text) for line in others)
    return framed * 2 >= len(block) or chatty


def _is_boxed(line: Line, framed: int) -> bool:
    if line.kind is Kind.PROSE:
        return line.words <= _BOX_PROSE_WORDS and (framed >= _CERTAIN_BOX or speaks_to_reader(line.text))
    return line.kind in {Kind.SHORT, Kind.LABEL, Kind.ITEM}


def _with_pauses(lines: list[Line]) -> list[Line]:
    """A line that trails off between sentences is one of them, not a teaser's cut text."""
    for i in range(1, len(lines) - 1):
        if lines[i].kind is lines[i].shape is Kind.TEASER and {lines[i - 1].kind, lines[i + 1].kind} <= SENTENCES:
            lines[i] = replace(lines[i], kind=Kind.SHORT)
    return lines


_STEPS = (
    _with_bylines,
    _with_dashes,
    _with_tables,
    _with_menus,
    _with_captions,
    _with_paid,
    _with_boxes,
    with_related,
    _with_pauses,
)
