"""From where words stand on pages to lines in the order in which they are read: columns one after the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.extract.pdf_text import Run

_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|von|/)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
# Frames of pages: among the highest and lowest lines of a page, at one height on at least this share of the pages.
_EDGE_RUNS = 6
_EDGE_LINES = 2
_FRAMED = 0.4
_SAME_PLACE = 3.0
_LEVEL = 0.5
# Columns of text: few lines cross the gap between them, and both sides hold lines long enough to be read.
_MOST_CROSSING = 0.3
_FEWEST_LINES = 3
_FEWEST_LETTERS = 12.0
_GAP = 0.5
_CANDIDATES = 12
_MOST_SPLITS = 4


Gutter = tuple[float, float]
"""Where the left one of two columns ends and the right one starts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `left` and `right` are the edges of its column, `column` tells it from all others."""

    run: Run
    column: int
    left: float
    right: float


def lines(pages: Sequence[Sequence[Run]]) -> list[Line]:
    """The lines of all pages without headers, footers and page numbers."""
    framing = _frames(pages)
    gutter: Gutter | None = None
    found: list[Line] = []
    for page in pages:
        body = [run for run in _without_numbers(page) if _key(run) not in framing]
        gutter = _gutter(body) or _still(gutter, body)
        for column, block in enumerate(_blocks(body, gutter, _MOST_SPLITS), start=len(found)):
            left, right = min(run.x0 for run in block), max(run.x1 for run in block)
            found.extend(Line(run, column, left, right) for run in block)
    return found


def _frames(pages: Sequence[Sequence[Run]]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({_key(run) for run in _edge(page, _EDGE_RUNS)})
    return {key for key, count in counts.items() if count > 1 and count >= len(pages) * _FRAMED}


def _key(run: Run) -> tuple[str, int]:
    return _DIGITS.sub("#", run.text.casefold()), round(run.base / _SAME_PLACE)


def _edge(page: Sequence[Run], many: int) -> list[Run]:
    by_height = sorted(page, key=lambda run: run.base)
    return by_height[:many] + by_height[-many:]


def _without_numbers(page: Sequence[Run]) -> list[Run]:
    edge = {id(run) for run in _edge(page, _EDGE_LINES)}
    return [run for run in page if id(run) not in edge or not _PAGE_NUMBER.fullmatch(run.text)]


def _blocks(runs: Sequence[Run], gutter: Gutter | None, splits: int) -> Iterator[list[Run]]:
    """Columns, and what stands over, between and under them, each as lines from top to bottom."""
    if gutter is None or not splits:
        if runs:
            yield _joined(runs)
        return
    across, beside = _bands(runs, *gutter)
    for crossing, columns in zip(across, beside, strict=True):
        for column in columns:
            yield from _blocks(column, _gutter(column), splits - 1)
        if crossing:
            yield _joined(crossing)


def _bands(runs: Sequence[Run], end: float, start: float) -> tuple[list[list[Run]], list[tuple[list[Run], list[Run]]]]:
    """The runs from top to bottom as pairs of columns, each followed by what crosses the gap under them."""
    across: list[list[Run]] = [[]]
    beside: list[tuple[list[Run], list[Run]]] = [([], [])]
    for run in sorted(runs, key=lambda run: run.base):
        is_left, is_right = run.x1 <= end, run.x0 >= start
        if not is_left and not is_right:
            across[-1].append(run)
            continue
        if across[-1]:
            across.append([])
            beside.append(([], []))
        beside[-1][is_right].append(run)
    return across, beside


def _gutter(runs: Sequence[Run]) -> Gutter | None:
    """The gap between two columns, if the runs stand in columns."""
    starts = Counter(round(run.x0) for run in runs)
    candidates = (_split(runs, start - 1.0) for start, _ in starts.most_common(_CANDIDATES))
    return min((found for found in candidates if found), default=(0.0, None))[1]


def _still(gutter: Gutter | None, runs: Sequence[Run]) -> Gutter | None:
    """The gap of the page before, when this page has too few lines to tell but keeps to it."""
    if gutter is None or not any(abs(run.x0 - gutter[1]) < _SAME_PLACE for run in runs):
        return None
    crossing = sum(run.x1 > gutter[0] and run.x0 < gutter[1] for run in runs)
    return gutter if crossing <= len(runs) * _MOST_CROSSING else None


def _split(runs: Sequence[Run], start: float) -> tuple[float, Gutter] | None:
    """The share of runs that cross the gap left of `start`, and the gap; None when it parts no columns."""
    size = median(run.size for run in runs)
    end = start - size * _GAP
    left = [run for run in runs if run.x1 <= end]
    right = [run for run in runs if run.x0 >= start]
    crossing = 1 - (len(left) + len(right)) / len(runs)
    if crossing > _MOST_CROSSING or not (_is_column(left) and _is_column(right)) or not _beside(left, right):
        return None
    return crossing, (end, start)


def _is_column(runs: Sequence[Run]) -> bool:
    return len(runs) >= _FEWEST_LINES and sum(len(run.text) for run in runs) >= len(runs) * _FEWEST_LETTERS


def _beside(left: Sequence[Run], right: Sequence[Run]) -> bool:
    top = max(min(run.base for run in left), min(run.base for run in right))
    bottom = min(max(run.base for run in left), max(run.base for run in right))
    return bottom - top > _FEWEST_LINES * left[0].size / 2


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Runs on one level as one line each, from top to bottom."""
    rows: dict[int, list[Run]] = defaultdict(list)
    row, base = 0, None
    for run in sorted(runs, key=lambda run: run.base):
        if base is not None and run.base - base > run.size * _LEVEL:
            row += 1
        base = run.base
        rows[row].append(run)
    return [_line(sorted(parts, key=lambda run: run.x0)) for parts in rows.values()]


def _line(parts: list[Run]) -> Run:
    widest = max(parts, key=lambda run: len(run.text))
    text = " ".join(run.text for run in parts)
    bold = all(run.bold for run in parts)
    return Run(text, parts[0].x0, max(run.x1 for run in parts), widest.base, widest.size, bold, widest.page)
