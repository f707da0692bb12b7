"""From lines in reading order to paragraphs: the layout's line breaks and hyphens are taken back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.extract.lines import ends_sentence, is_list_item
from ingest.extract.pdf_layout import Line

_SAME_SIZE = 0.08
_MORE_SPACE = 1.2
_INDENT = 0.6
_MOST_INDENT = 4.0
_USUAL_LEADING = 1.2
_FIT = 1.4
_HYPHENATED = re.compile("[^\\W\\d_][-\xad]$")
_INDENTED = 0.05


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, `size` the size of its type in points."""

    text: str
    size: float
    bold: bool
    page: int


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs that the lines form, also over the ends of columns and pages."""
    if not lines:
        return []
    look = _look(lines)
    parts = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks(before, line, look):
            parts.append([])
        parts[-1].append(line)
    words = Counter(word.strip(".,;:!?()\"“”’'") for line in lines for word in line.run.text.split()[:-1])
    return [_paragraph(part, words) for part in parts]


@dataclass(frozen=True, slots=True)
class _Look:
    """`leading` is from line to line in heights of the type; `indents` whether paragraphs start with an indent."""

    leading: float
    indents: bool


def _look(lines: Sequence[Line]) -> _Look:
    steps = [
        (line.run.base - before.run.base) / line.run.size
        for before, line in pairwise(lines)
        if before.column == line.column and _same_type(before, line)
    ]
    indented = sum(_is_indented(line) and not _is_indented(before) for before, line in pairwise(lines))
    # Half of the steps are at least within a paragraph; the middle one of the smaller half is of them for sure.
    small = sorted(step for step in steps if step > 0)[: len(steps) // 2 + 1]
    return _Look(median(small) if small else _USUAL_LEADING, indented > len(lines) * _INDENTED)


def _same_type(one: Line, other: Line) -> bool:
    size = max(one.run.size, other.run.size)
    return abs(one.run.size - other.run.size) <= size * _SAME_SIZE and one.run.bold == other.run.bold


def _is_indented(line: Line) -> bool:
    return _INDENT < (line.run.x0 - line.left) / line.run.size < _MOST_INDENT


def _breaks(before: Line, line: Line, look: _Look) -> bool:
    if not _same_type(before, line) or is_list_item(line.run.text):
        return True
    if before.column != line.column:
        return _breaks_over_columns(before, line, look)
    if line.run.base - before.run.base > line.run.size * max(look.leading, 1.0) * _MORE_SPACE:
        return True
    if _is_indented(line):
        fresh = not _is_indented(before) or not line.run.text[:1].islower()
        return (look.indents and fresh) or ends_sentence(before.run.text)
    return _ended_early(before, line)


def _breaks_over_columns(before: Line, line: Line, look: _Look) -> bool:
    if not ends_sentence(before.run.text):
        return before.run.text.endswith(":") or (_ended_early(before, line) and not line.run.text[:1].islower())
    return not look.indents or _is_indented(line) or _ended_early(before, line)


def _ended_early(before: Line, line: Line) -> bool:
    """Whether the next line's first word would have fitted: then the break was wanted."""
    if line.run.text[:1].islower() and not ends_sentence(before.run.text):
        return False
    width = (line.run.x1 - line.run.x0) / len(line.run.text) * (len(line.run.text.split(maxsplit=1)[0]) + 1)
    return before.run.x1 + width * _FIT < before.right


def _paragraph(lines: Sequence[Line], words: Counter[str]) -> Paragraph:
    first = lines[0].run
    text = first.text
    for line in lines[1:]:
        text = _appended(text, line.run.text, words)
    return Paragraph(text, first.size, all(line.run.bold for line in lines), first.page)


def _appended(text: str, line: str, words: Counter[str]) -> str:
    if not _HYPHENATED.search(text) or not line[:1].islower():
        return f"{text} {line}"
    start, end = text.rsplit(maxsplit=1)[-1].lstrip("(\"“‘'"), line.split(maxsplit=1)[0].strip(".,;:!?()\"“”’'")
    # "long-" and "term": a hyphen that the word has elsewhere is its own, not the line's end's.
    kept = words[start + end] > 0 and not words[start[:-1] + end]
    return text + line if kept else text[:-1] + line


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs with a blank line between them, none between the entries of a list."""
    parts: list[str] = []
    before = ""
    for text in (paragraph.text for paragraph in paragraphs):
        together = is_list_item(before) and is_list_item(text)
        parts += ["\n" if together else "\n\n", text]
        before = text
    return "".join(parts[1:])
