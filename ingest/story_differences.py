"""Whether two texts with mostly the same words state something else: another figure, day, name, direction or a "not".

In a notice of a hundred words that is another story; in a long article it is a correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Final

from ingest.story_words import Token, read

# Of the longer text, what stands around words that the shorter one has too, up to a limit: the alignment is quadratic.
RUN = 5
MARGIN = 8
MOST_TOKENS = 600
# One word in common is chance ("the", "of"): it does not part what stands before it from what stands behind.
FEWEST_COMMON = 2
# In more words than this, what is said otherwise may only stand elsewhere in the other text.
FEW_TOKENS = 8
# 3.4 is not 3.38 rounded but another rate; 1.46 billion is 1,459,193,000.
DIGITS_MORE = 2
# "3.4" may be short for "3.4 million", where the unit stands further on.
WITHOUT_UNIT = 1_000_000
TELLING: Final = ("figure", "weekday", "month", "name")
NOT_IN_JAPANESE = re.compile(r"な[いかくし]|せん|ずに")
NOT_BEFORE = re.compile("un|in|im|il|ir|dis|non")
GAP = Token("\0", opens=True)

Tokens = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between the same words in both texts: tokens `start` to `end` of each."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def longest(self) -> int:
        return max(self.end - self.start, self.other_end - self.other_start)


def states_otherwise(shorter: str, longer: str) -> bool:
    """Whether a figure, day, name, direction or negation differs between the same words of the two texts.

    A sentence that one of them has not, bylines, spelling, letter case and the way a figure is written do not count.
    """
    one = read(shorter)[:MOST_TOKENS]
    other = _near(one, read(longer))
    return any(_differ(one, other, segment) for segment in _segments(one, other))


def _near(one: Tokens, longer: Tokens) -> Tokens:
    """The parts of the longer text that the other may be a copy of, a gap between each two."""
    if len(longer) <= MOST_TOKENS // 2:
        return longer
    runs = {tuple(token.word for token in one[place : place + RUN]) for place in range(len(one) - RUN + 1)}
    words = [token.word for token in longer]
    kept: list[Token] = []
    end = 0
    for place in range(len(words) - RUN + 1):
        if tuple(words[place : place + RUN]) in runs:
            start = max(end, place - MARGIN)
            kept += [GAP] * (start > end) + list(longer[start : place + RUN + MARGIN])
            end = max(end, place + RUN + MARGIN)
            if len(kept) >= MOST_TOKENS:
                break
    return kept[:MOST_TOKENS]


def _segments(one: Tokens, other: Tokens) -> Iterator[Segment]:
    matcher = SequenceMatcher(None, [token.word for token in one], [token.word for token in other], autojunk=False)
    start = other_start = 0
    for block in matcher.get_matching_blocks():
        if not block.size or block.size >= FEWEST_COMMON:
            if (block.a, block.b) != (start, other_start):
                yield Segment(start, block.a, other_start, block.b)
            start, other_start = block.a + block.size, block.b + block.size


def _differ(one: Tokens, other: Tokens, segment: Segment) -> bool:
    here, there = one[segment.start : segment.end], other[segment.other_start : segment.other_end]
    first = segment.start == segment.other_start == 0
    last = (segment.end, segment.other_end) == (len(one), len(other))
    few = segment.longest <= FEW_TOKENS
    if GAP in there or ((first or last) and not few):
        sides = [] if first else [_as_long(_sentence_end(here), _sentence_end(there))]
        sides += [] if last else [_sentence_starts(one, other, segment)]
        # Beside a gap the words may be those of another sentence, at the ends they go on in step.
        told = [(_missing(a, other), _missing(b, one)) if GAP in there else (a, b) for a, b in sides]
        return any(_contradict(a, b) for a, b in told)
    if _whole(one, segment.start, segment.end) and _whole(other, segment.other_start, segment.other_end):
        return few and bool(here and there) and _contradict(here, there)
    if few:
        return _contradict(here, there) or _denied(here, there)
    return _contradict(_missing(here, other), _missing(there, one))


def _sentence_starts(one: Tokens, other: Tokens, segment: Segment) -> tuple[Tokens, Tokens]:
    """The words before what both have again, as far as their sentences go back, backwards."""
    if _opens(one, segment.end) or _opens(other, segment.other_end):
        return (), ()
    here = _sentence_start(one[segment.start : segment.end])
    there = _sentence_start(other[segment.other_start : segment.other_end])
    return _as_long(here[::-1], there[::-1])


def _as_long(here: Tokens, there: Tokens) -> tuple[Tokens, Tokens]:
    length = min(len(here), len(there))
    return here[:length], there[:length]


def _sentence_end(tokens: Tokens) -> Tokens:
    end = next((place for place, token in enumerate(tokens) if token.opens), len(tokens))
    return tokens[:end]


def _sentence_start(tokens: Tokens) -> Tokens:
    start = next((place for place in reversed(range(len(tokens))) if tokens[place].opens), 0)
    return [token for token in tokens[start:] if token is not GAP]


def _whole(tokens: Tokens, start: int, end: int) -> bool:
    """Whether these are whole sentences: one of the texts has them and the other has not."""
    return _opens(tokens, start) and _opens(tokens, end)


def _opens(tokens: Tokens, place: int) -> bool:
    return place >= len(tokens) or tokens[place].opens


def _missing(tokens: Tokens, other: Tokens) -> Tokens:
    words = {token.word for token in other}
    return [token for token in tokens if token.word not in words or token.pole]


def _contradict(here: Tokens, there: Tokens) -> bool:
    for kind in TELLING:
        one, other = ([token.word for token in tokens if token.kind == kind] for tokens in (here, there))
        if _others(one, other) and not (kind == "figure" and _rounded(one, other)):
            return True
    one_poles, other_poles = ({token.pole for token in tokens if token.pole} for tokens in (here, there))
    return any(_opposite(pole) in other_poles and pole not in other_poles for pole in one_poles - other_poles)


def _others(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each names what the other does not, or both the same in another order."""
    if sorted(one) == sorted(other):
        return one != other
    only, other_only = ([word for word in words if word not in known] for words, known in ((one, other), (other, one)))
    return bool(only and other_only) and _initials(only) != other_only and _initials(other_only) != only


def _rounded(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the figures are the same ones, written more or less exactly: "1.46 bln" and "1,459,193,000"."""
    return len(one) == len(other) and all(map(_as_exactly, one, other))


def _as_exactly(one: str, other: str) -> bool:
    try:
        small, large = sorted(map(Decimal, (one, other)))
        without_unit = small < WITHOUT_UNIT <= large and _digits(small) == _digits(large)
        short, exact = sorted((small, large), key=lambda value: len(_digits(value)))
        more = len(_digits(exact)) - len(_digits(short))
        return small == large or without_unit or (more >= DIGITS_MORE and exact.quantize(short) == short)
    except InvalidOperation:
        return False


def _digits(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def _initials(words: Sequence[str]) -> list[str]:
    """ "European Central Bank" as "ECB"."""
    return ["".join(word[0] for word in words)]


def _opposite(pole: str) -> str:
    return pole[:-1] + ("-" if pole.endswith("+") else "+")


def _denied(here: Tokens, there: Tokens) -> bool:
    """Whether one side has a negation that the other has not."""
    if _negations(here) % 2 != _negations(there) % 2:
        return True
    words, others = ({token.word for token in tokens if not token.character} for tokens in (here, there))
    return any(_negative(word) in others for word in words) or any(_negative(word) in words for word in others)


def _negations(tokens: Tokens) -> int:
    characters = "".join(token.word for token in tokens if token.character)
    return sum(token.kind == "negation" for token in tokens) + len(NOT_IN_JAPANESE.findall(characters))


def _negative(word: str) -> str:
    """The word without "un-" and the like; a word of its own when it has none."""
    found = NOT_BEFORE.match(word)
    return word[found.end() :] if found else "\0"
