"""Proper names in a text, and whether a source has them: as said, or under another of their names (`folded`)."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.asking.aliases import folded, mentions
from corpus.lexical import STOP_WORDS

WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
POSSESSIVE = re.compile(r"['’]s?\b")
POINTS = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b|\s|$)")
CALENDAR = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
TITLES = frozenset(
    "mr mrs ms dr president minister secretary prime vice senator representative ambassador chief".split()
)
NO_NAMES = STOP_WORDS | CALENDAR | TITLES
LITTLE = frozenset("of the and for on in to".split())
LEAST_LETTERS, MOST_LETTERS = 3, 6


def missing_names(sentence: str, source: str, elsewhere: str = "") -> list[str]:
    """The words of proper names in the sentence that the source does not have.

    A sentence's first word is taken for a name only where its second word is one too, where it has a capital inside,
    or where it stands with its capital inside a sentence of `elsewhere`.
    """
    held, known = words(source), frozenset(INSIDE.findall(elsewhere))
    things = [one for one in mentions(sentence) if one.thing.key in held]
    return [
        match[0]
        for match in _name_words(sentence, known)
        if not any(one.start <= match.start() < one.end for one in things)
        and not (_is_held(match[0], held) or _is_short_for(match[0], source))
    ]


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The words of a text and of its folded form, lower case, without points and possessives."""
    return _words(text) | folded_words(text)


@lru_cache(maxsize=4096)
def folded_words(text: str) -> frozenset[str]:
    """The words of a text with one word for each thing that has several names."""
    return _words(folded(text))


def _words(text: str) -> frozenset[str]:
    whole = [_plain(word) for word in WORD.findall(text)]
    return frozenset(part for word in whole for part in (word, *word.split("-")))


def _name_words(sentence: str, known: frozenset[str]) -> list[re.Match[str]]:
    found = list(WORD.finditer(sentence))
    names = []
    for place, match in enumerate(found):
        word = match[0]
        begins = place == 0 or sentence[: match.start()].rstrip(" \"“‘'(").endswith((".", "!", "?", ":"))
        followed = place + 1 < len(found) and _goes_on(sentence, match, found[place + 1])
        if word[:1].isupper() and (not begins or followed or word in known or not word[1:].islower()):
            names.append(match)
    return [one for one in names if _plain(one[0]) not in NO_NAMES and len(_plain(one[0])) > 1]


def _goes_on(sentence: str, one: re.Match[str], following: re.Match[str]) -> bool:
    """Whether the next word is more of the same name."""
    between = sentence[one.end() : following.start()]
    return between == " " and following[0][:1].isupper() and _plain(following[0]) not in CALENDAR


def _is_held(word: str, held: frozenset[str]) -> bool:
    """Whether a name is held, or of a compound ("USMCA-covered") its parts that are names."""
    forms = {_plain(word), _plain(word).rstrip("s"), *(_plain(part) for part in WORD.findall(folded(word)))}
    named = [_plain(part) for part in word.split("-") if part[:1].isupper()]
    return bool(forms & held) or ("-" in word and all(part in held for part in named))


def _is_short_for(word: str, source: str) -> bool:
    """Whether the source has words in a row with a capital abbreviation's letters as initials."""
    letters = POINTS.sub("", word)
    if not (LEAST_LETTERS <= len(letters) <= MOST_LETTERS and letters.isalpha() and letters.isupper()):
        return False
    initials = "".join(one[0].lower() for one in WORD.findall(source) if one.lower() not in LITTLE)
    return letters.lower() in initials


def _plain(word: str) -> str:
    return POSSESSIVE.sub("", POINTS.sub("", word)).replace(".", "").lower()
