"""Cutting an article into passages: on paragraph and sentence boundaries, within the embedder's window.

Passages are windows of whole sentences that overlap by about a quarter, so that an answer which spans a
boundary lies whole in one of them. A sentence longer than a window is cut between words. Every character
that is not white space is in at least one passage. Measured in docs/decisions.md.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from corpus.sentences import sentences
from corpus.types import Span

VERSION = 1
STRIDE = 0.75  # the next window starts at the first sentence past this share of the current one
CountTokens = Callable[[Sequence[str]], list[int]]


def signature(max_chars: int) -> str:
    """What the index records about how its passages were cut."""
    return f"windows-{max_chars}-v{VERSION}"


def chunk(text: str, max_chars: int, max_tokens: int, count_tokens: CountTokens) -> list[Span]:
    """Passages of `text` as spans, in order, none longer than `max_chars` characters or `max_tokens` tokens."""
    pieces = [part for sentence in sentences(text) for part in _by_words(text, sentence, max_chars)]
    tokens = count_tokens([text[piece.start : piece.end] for piece in pieces])
    units = [
        part
        for piece, count in zip(pieces, tokens, strict=True)
        for part in ([piece] if count <= max_tokens else _shrunk(text, piece, max_tokens, count_tokens))
    ]
    if len(units) > len(pieces):
        tokens = count_tokens([text[unit.start : unit.end] for unit in units])
    return list(_windows(units, tokens, max_chars, max_tokens))


def _windows(units: Sequence[Span], tokens: Sequence[int], max_chars: int, max_tokens: int) -> Iterator[Span]:
    before = [0, *accumulate(tokens)]

    def fits(first: int, last: int) -> bool:
        short = units[last].end - units[first].start <= max_chars
        return short and before[last + 1] - before[first] <= max_tokens

    first = 0
    while first < len(units):
        last = first
        while last + 1 < len(units) and fits(first, last + 1):
            last += 1
        yield Span(units[first].start, units[last].end)
        if last + 1 == len(units):
            return
        restart = units[first].start + STRIDE * (units[last].end - units[first].start)
        # Only a start from which the next sentence fits: a window inside the last one would say nothing new.
        starts = (n for n in range(first + 1, last + 1) if units[n].start >= restart and fits(n, last + 1))
        first = next(starts, last + 1)


def _by_words(text: str, piece: Span, max_chars: int) -> Iterator[Span]:
    """The piece, cut at white space (or anywhere, where there is none) into parts of at most `max_chars`."""
    start = piece.start
    while piece.end - start > max_chars:
        window = text[start : start + max_chars + 1]
        gap = max((match.start() for match in re.finditer(r"\s", window)), default=0)
        cut = start + (gap or max_chars)
        yield Span(start, cut)
        start = cut + re.match(r"\s*", text[cut : piece.end]).end()  # type: ignore[union-attr] # matches always
    if start < piece.end:
        yield Span(start, piece.end)


def _shrunk(text: str, piece: Span, max_tokens: int, count_tokens: CountTokens) -> Iterator[Span]:
    """A piece with more tokens than fit (rare scripts, long numbers), halved until each part fits."""
    if piece.end - piece.start <= 1 or count_tokens([text[piece.start : piece.end]])[0] <= max_tokens:
        yield piece
        return
    for half in _by_words(text, piece, (piece.end - piece.start + 1) // 2):
        yield from _shrunk(text, half, max_tokens, count_tokens)
