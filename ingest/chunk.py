"""Cutting an article into passages: on paragraph and sentence boundaries, within the embedder's window.

Where passages end is chosen for the whole text at once, as TeX chooses where lines end (Knuth and Plass,
"Breaking Paragraphs into Lines", 1981): what the ends cost (`ingest.units`) and how far the passages are from
their full length add up to as little as can be. Passages do not overlap: with ends that are well chosen, text that
is stored twice only takes the place of other text among the best hits. Every character that is not white space is
in a passage. Measured in docs/decisions.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from corpus.types import Span
from ingest.units import INSIDE, Unit, pieces, units

VERSION = 2
PASSAGE = 1.0  # cost of one passage more, beside what its end costs
MOST_UNITS = 60  # in one passage: a long text of one-letter lines must not take for ever

CountTokens = Callable[[Sequence[str]], list[int]]


def signature(max_chars: int) -> str:
    """What the index records about how its passages were cut."""
    return f"windows-{max_chars}-v{VERSION}"


def chunk(text: str, max_chars: int, max_tokens: int, count_tokens: CountTokens) -> list[Span]:
    """Passages of `text` as spans, in order, none longer than `max_chars` characters or `max_tokens` tokens."""
    return _Cutter(text, max_chars, max_tokens, count_tokens).passages()


class _Cutter:
    """One text with its units and their tokens; units are named by their numbers, ranges exclude the end."""

    def __init__(self, text: str, max_chars: int, max_tokens: int, count_tokens: CountTokens) -> None:
        self._text = text
        self._max_chars = max_chars
        self._max_tokens = max_tokens
        self._count_tokens = count_tokens
        self._units, tokens = self._fitting_units()
        self._before = [0, *accumulate(tokens)]
        self._starts = [unit.span.start for unit in self._units]
        self._ends = [unit.span.end for unit in self._units]

    def passages(self) -> list[Span]:
        """The spans of the passages, in order."""
        ranges = self._ranges()
        spans = [self._span(first, last) for first, last in ranges]
        # The parts of a word can have fewer tokens than the word: what was added up is counted again.
        counts = self._tokens(spans)
        checked = [
            [span] if count <= self._max_tokens else list(self._halved(first, last))
            for (first, last), span, count in zip(ranges, spans, counts, strict=True)
        ]
        return [span for part in checked for span in part]

    def _fitting_units(self) -> tuple[list[Unit], list[int]]:
        found = units(self._text, self._max_chars)
        counts = self._tokens([unit.span for unit in found])
        if all(count <= self._max_tokens for count in counts):
            return found, counts
        fitting = [
            part
            for unit, count in zip(found, counts, strict=True)
            for part in ([unit] if count <= self._max_tokens else self._shrunk(unit))
        ]
        return fitting, self._tokens([unit.span for unit in fitting])

    def _shrunk(self, unit: Unit) -> Iterator[Unit]:
        """A unit with more tokens than fit (rare scripts, long numbers), halved until each part fits."""
        length = unit.span.end - unit.span.start
        if length <= 1 or self._tokens([unit.span])[0] <= self._max_tokens:
            yield unit
            return
        *halves, last = pieces(self._text, unit.span, (length + 1) // 2)
        for half in halves:
            yield from self._shrunk(Unit(half, INSIDE))
        yield from self._shrunk(Unit(last, unit.parting))

    def _ranges(self) -> list[tuple[int, int]]:
        """The ranges of units that cost least."""
        costs, begins = [0.0], [0]
        for last, unit in enumerate(self._units, start=1):
            cost, first = self._cheapest(last, costs)
            costs.append(cost + (unit.parting if last < len(self._units) else 0.0))
            begins.append(first)
        ranges, last = list[tuple[int, int]](), len(self._units)
        while last:
            ranges.append((begins[last], last))
            last = begins[last]
        return ranges[::-1]

    def _cheapest(self, last: int, costs: Sequence[float]) -> tuple[float, int]:
        """The least cost up to the end of a passage before unit `last`, and where that passage begins."""
        end, tokens = self._ends[last - 1], self._before[last]
        best, begin = math.inf, last - 1
        for first in range(last - 1, max(-1, last - 1 - MOST_UNITS), -1):
            length = end - self._starts[first]
            if first < last - 1 and (length > self._max_chars or tokens - self._before[first] > self._max_tokens):
                break
            cost = costs[first] + PASSAGE + (1 - length / self._max_chars) ** 2
            if cost < best:
                best, begin = cost, first
        return best, begin

    def _halved(self, first: int, last: int) -> Iterator[Span]:
        span = self._span(first, last)
        if last - first == 1 or self._tokens([span])[0] <= self._max_tokens:
            yield span
            return
        middle = (first + last) // 2
        yield from self._halved(first, middle)
        yield from self._halved(middle, last)

    def _span(self, first: int, last: int) -> Span:
        return Span(self._starts[first], self._ends[last - 1])

    def _tokens(self, spans: Sequence[Span]) -> list[int]:
        return self._count_tokens([self._text[span.start : span.end] for span in spans])
