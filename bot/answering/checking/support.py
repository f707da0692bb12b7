"""A written sentence beside what it is said to rest on: clause by clause, with the sentences nearest to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.checking.names import CALENDAR, folded_words, words
from corpus.lexical import STOP_WORDS
from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

CLAUSE = re.compile(
    r",\s+|;\s+|:\s+|\s[-–—]+\s|\s\(|\)|\b(?:and|but|while|because|which|who|although|after|so|than|if|unless)\b"
)
NEAREST = 3  # sentences of the sources that a clause is compared with
AS_NEAR = 0.8  # share of the nearest sentence's words in common
SHORT = 3  # words with a meaning: a shorter clause is judged with the one before
SHORTEST_STEM = 4
ENDINGS = "ations ation ings ing ers er ied ies ed es ly s e y".split()


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a claim. `near` is the sources' sentence nearest to it, with others that are nearly as near, `around`
    several of these with their neighbours, and `share` (0..1) is how many of its words any of the sources has."""

    text: str
    near: str
    around: str
    share: float


def clauses(claim: str, sources: Sequence[str]) -> list[Clause]:
    """The claim's parts beside what they rest on."""
    held = frozenset[str]().union(*map(content, sources))
    told = [[source[span.start : span.end] for span in sentences(source)] for source in sources]
    whole = content(claim)
    return [_beside(text, whole, told, held) for text in _split(claim)]


def share_held(claim: str, sources: Sequence[str]) -> float:
    """The share (0..1) of a claim's words that the sources have; a claim of nothing but figures is as good as they."""
    wanted, held = content(claim), frozenset[str]().union(*map(content, sources))
    return len(wanted & held) / len(wanted) if wanted else float(any(map(str.isdigit, claim)))


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """The stems of a text's words that carry meaning; figures and the calendar are looked at by themselves."""
    return frozenset(
        _stem(word) for word in folded_words(text) if word.isalpha() and word not in STOP_WORDS and word not in CALENDAR
    )


def _beside(text: str, whole: frozenset[str], told: Sequence[Sequence[str]], held: frozenset[str]) -> Clause:
    wanted = content(text)
    fits = {
        (source, place): _fit(_said(part), _said(text), whole)
        for source, parts in enumerate(told)
        for place, part in enumerate(parts)
    }
    ranked = sorted(fits, key=lambda at: (-fits[at], at))[:NEAREST]
    beside = sorted(
        {
            (source, place + step)
            for source, place in ranked
            for step in (-1, 0, 1)
            if 0 <= place + step < len(told[source])
        }
    )
    return Clause(
        text,
        " ".join(told[at[0]][at[1]] for at in ranked if fits[at] >= AS_NEAR * fits[ranked[0]]),
        " ".join(told[source][place] for source, place in beside),
        len(wanted & held) / len(wanted) if wanted else 1.0,
    )


@lru_cache(maxsize=4096)
def _said(text: str) -> frozenset[str]:
    """The stems of a text's words, with its figures."""
    return content(text) | frozenset(word for word in words(text) if any(map(str.isdigit, word)))


def _fit(found: frozenset[str], wanted: frozenset[str], whole: frozenset[str]) -> float:
    """The clause's own words count most; those of the rest of the claim tell between equal ones."""
    return len(found & wanted) + len(found & whole) / 4


def _split(claim: str) -> list[str]:
    """The claim cut at commas and joining words, with nothing left out; short parts stay with the one before."""
    cuts = [0, *(match.start() for match in CLAUSE.finditer(claim)), len(claim)]
    joined: list[str] = []
    for part in (claim[start:end] for start, end in pairwise(cuts)):
        if joined and min(len(content(part)), len(content(joined[-1]))) < SHORT:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
