"""Which way a sentence points: what rises or falls, is imposed or lifted, accepted or refused; and what it denies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.lexical import STOP_WORDS

NEGATION = re.compile(
    r"^(?:not|no|never|without|neither|nor|none|cannot|hardly|nobody|nothing"
    r"|lack(?:s|ed|ing)?|fail(?:s|ed)?|refus(?:es|ed)|declin(?:es|ed))$|n['’]t$",
    re.IGNORECASE,
)  # of one word
WORD_OR_STOP = re.compile(r"[^\W\d_]+(?:['’]t\b)?|[.,;:!?]")
SHORTEST_STEM = 3
EVENTS = 5  # lines of directions.txt that are about what was done
BETWEEN = frozenset({"yet", "longer", "so", "far", "also"})  # words that a denial reaches over
REACH = 1  # content words after a "not" that it denies


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    denied: bool


@cache
def _directions() -> dict[str, tuple[int, int]]:
    """Axis and sign of each word of directions.txt, where a line has the words of two opposite directions."""
    table: dict[str, tuple[int, int]] = {}
    lines = resources.files("bot.answering.checking").joinpath("directions.txt").read_text("utf-8").splitlines()
    for axis, line in enumerate(lines):
        for sign, side in zip((1, -1), line.split("/"), strict=True):
            table |= dict.fromkeys(side.split(), (axis, sign))
    return table


def turned(sentence: str, source: str) -> list[str]:
    """Words of the sentence that say the opposite of what the source says, or deny what it affirms and the reverse.

    Where the source says both, or says nothing of the kind, nothing is found: it is the best aligned sentence that is
    to be compared, not a whole article.
    """
    said, told = _said(sentence), _said(source)
    return [*_opposite(said, told), *_denied(said, told)]


def points_elsewhere(sentence: str, source: str) -> list[tuple[str, str]]:
    """Words of the sentence beside the words of the source that point the other way, where it has none that agree."""
    said, told = _said(sentence), _said(source)
    against = {_pointing(one): one.word for one in told}
    return [
        (word, against[axis, -sign])
        for one in said
        if (word := one.word) in _opposite([one], told) and (pointing := _pointing(one))
        for axis, sign in [pointing]
    ]


def _opposite(said: list[_Said], told: list[_Said]) -> list[str]:
    held = {_pointing(one) for one in told} - {None}
    found = []
    for one in said:
        pointing = _pointing(one)
        if pointing and pointing not in held and (pointing[0], -pointing[1]) in held:
            found.append(one.word)
    return found


def _pointing(one: _Said) -> tuple[int, int] | None:
    if one.word not in _directions():
        return None
    axis, sign = _directions()[one.word]
    return axis, -sign if one.denied else sign


def _denied(said: list[_Said], told: list[_Said]) -> list[str]:
    """Words that one side denies and the other only affirms."""
    denied, affirmed = ({_stem(one.word) for one in told if one.denied is denied} for denied in (True, False))
    if denied and any(one.denied for one in said):
        return []  # both deny something: "no deal was reached", "they did not reach a deal"
    return [
        one.word
        for one in said
        if _stem(one.word) in (affirmed - denied if one.denied else denied - affirmed) and one.word not in _directions()
    ]


def _said(text: str) -> list[_Said]:
    """The content words of a text, and whether a negation just before denies them."""
    said, reach = [], 0
    for match in WORD_OR_STOP.finditer(text):
        word = match[0].lower()
        if NEGATION.search(word):
            reach = REACH
        elif word in ".,;:!?" or word in {"but", "only"}:
            reach = 0
        elif word not in STOP_WORDS:
            said.append(_Said(word, reach > 0))
            reach -= 0 if word.endswith("ly") or word in BETWEEN else 1
    return said


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def tells_of_change(word: str) -> bool:
    """Whether a word says that something was done: raised or cut, imposed or lifted, agreed or refused."""
    return _directions().get(word, (EVENTS, 0))[0] < EVENTS


def opposites(word: str) -> list[str]:
    """Words that point the other way; none for a word that points nowhere."""
    if word not in _directions():
        return []
    axis, sign = _directions()[word]
    return [other for other, pointing in _directions().items() if pointing == (axis, -sign)]
