"""A saved page's lines, each told apart with its neighbours in view (lines.py sees one line alone)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.extract.lines import FRAME, Kind, is_link, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence


_MENU_LENGTH = 5
_BOX_LINES = 12
_BOX_PROSE_WORDS = 30
_RESUMES_AFTER = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `kind` takes its neighbours into account, `shape` does not."""

    text: str
    kind: Kind
    shape: Kind
    block: int


def read_lines(text: str) -> list[Line]:
    """The text's lines, told apart."""
    lines: list[Line] = []
    for number, block in enumerate(text.split("\n\n")):
        for raw in block.split("\n"):
            kind = kind_of(raw.strip())
            lines.append(Line(raw.strip(), kind, kind, number))
    return _with_related(_with_boxes(_with_menus([line for line in lines if line.text])))


def _with_menus(lines: list[Line]) -> list[Line]:
    """Runs of links are menus, unless a sentence introduces them as its list."""
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end].kind in {Kind.LABEL, Kind.ITEM} and is_link(lines[end].text):
            continue
        introduced = start > 0 and lines[start - 1].text.endswith(":")
        if end - start >= _MENU_LENGTH and not introduced:
            lines[start:end] = [replace(line, kind=Kind.MENU) for line in lines[start:end]]
        start = end + 1
    return lines


def _with_boxes(lines: list[Line]) -> list[Line]:
    """A small block that is mostly frame is frame altogether: a sign-up box, a consent notice."""
    sizes = Counter(line.block for line in lines)
    framed = Counter(line.block for line in lines if line.kind in FRAME)
    boxes = {block for block, count in framed.items() if 1 < sizes[block] <= _BOX_LINES and count * 2 >= sizes[block]}
    return [replace(line, kind=Kind.PROMPT) if line.block in boxes and _is_boxed(line) else line for line in lines]


def _is_boxed(line: Line) -> bool:
    if line.kind is Kind.PROSE:
        return len(line.text.split()) <= _BOX_PROSE_WORDS
    return line.kind in {Kind.SHORT, Kind.LABEL, Kind.ITEM}


def _with_related(lines: list[Line]) -> list[Line]:
    """What follows a heading over other articles belongs to them, until prose follows prose again."""
    inside = False
    for i, line in enumerate(lines):
        if line.kind is Kind.RELATED:
            inside = True
        elif inside and _prose_follows(lines, i):
            inside = False
        elif inside and line.kind not in FRAME:
            lines[i] = replace(line, kind=Kind.TEASER)
    return lines


def _prose_follows(lines: Sequence[Line], at: int) -> bool:
    following = lines[at : at + _RESUMES_AFTER]
    return len(following) == _RESUMES_AFTER and all(line.kind is Kind.PROSE for line in following)
