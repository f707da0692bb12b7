"""Ways in which a right sentence is made wrong, each in one place of it; drawn from a seed.

Every way gives None where a sentence has nothing to corrupt like that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.checking.days import MONTHS, NAMES, days
from bot.answering.checking.polarity import opposites

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

COUNTRIES = "China|Japan|India|Canada|Mexico|Brazil|Vietnam|Taiwan|South Korea|Switzerland|Germany|Britain|Thailand"
PERSON = re.compile(r"(?<!^)\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
VERB = re.compile(r"\b(is|are|was|were|will|would|could|has|have|had|can|may|might|should)\b(?! not)")
HEDGE = re.compile(r"\b(?:may|might|could|would)\b")
NEGATED = re.compile(r"\b(is|are|was|were|will|would|could|has|have|had|can|did|does|do)(?:n't| not)\b")


@dataclass(frozen=True, slots=True)
class Others:
    """What the rest of the set has to corrupt with: names of people, and clauses of other answers."""

    names: Sequence[str]
    clauses: Sequence[str]


def corrupted(kind: str, sentence: str, others: Others, draw: random.Random) -> str | None:
    """The sentence made wrong in one way of KINDS."""
    return KINDS[kind](sentence, others, draw)


def _number(sentence: str, _: Others, draw: random.Random) -> str | None:
    dated = [(day.start, day.end) for day in days(sentence)]
    found = [
        match
        for match in re.finditer(r"(?<![\w.,])[$€£]?(\d+(?:,\d{3})*(?:\.\d+)?)", sentence)
        if not any(start <= match.start() < end for start, end in dated)
    ]
    if not found:
        return None
    match = draw.choice(found)
    digits = match[1]
    place = draw.choice([at for at, one in enumerate(digits) if one.isdigit()])
    other = draw.choice([digit for digit in "123456789" if digit != digits[place]])
    return sentence[: match.start(1)] + digits[:place] + other + digits[place + 1 :] + sentence[match.end(1) :]


def _scale(sentence: str, _: Others, draw: random.Random) -> str | None:
    swaps = {"million": "billion", "billion": "trillion", "trillion": "billion", "thousand": "million"}
    return _swapped(sentence, r"\b(?:million|billion|trillion|thousand)\b", swaps, draw)


def _unit(sentence: str, _: Others, draw: random.Random) -> str | None:
    swaps = {"%": " percentage points", " percent": " percentage points", "$": "€", "€": "$", "£": "$"}
    return _swapped(sentence, r"(?<=\d)%| percent\b|[$€£](?=\d)", swaps, draw)


def _date(sentence: str, _: Others, draw: random.Random) -> str | None:
    found = [day for day in days(sentence) if day.month]
    if not found:
        return None
    day = draw.choice(found)
    text = sentence[day.start : day.end]
    month = re.search(r"[A-Z][a-z]+\.?", text)
    if day.day is not None and (month is None or draw.random() < 1 / 2):
        other = draw.choice([number for number in range(1, 29) if number != day.day])
        changed = re.sub(rf"(?<!\d){day.day}(?!\d)", str(other), text, count=1)
    elif month:
        known = MONTHS[month[0][:3].lower()]
        changed = text.replace(month[0], draw.choice([name for name in NAMES if MONTHS[name[:3].lower()] != known]), 1)
    else:
        return None
    return sentence[: day.start] + changed + sentence[day.end :]


def _year(sentence: str, _: Others, draw: random.Random) -> str | None:
    found = list(re.finditer(r"(?<![\d$,.])(?:19|20)\d\d\b", sentence))
    if not found:
        return None
    match = draw.choice(found)
    return sentence[: match.start()] + str(int(match[0]) + draw.choice((-2, -1, 1, 2))) + sentence[match.end() :]


def _name(sentence: str, others: Others, draw: random.Random) -> str | None:
    found = list(PERSON.finditer(sentence))
    if not found:
        return None
    match = draw.choice(found)
    other = _other(others.names, match[0], draw)
    return other and sentence[: match.start()] + other + sentence[match.end() :]


def _country(sentence: str, _: Others, draw: random.Random) -> str | None:
    found = list(re.finditer(rf"\b(?:{COUNTRIES})\b", sentence))
    if not found:
        return None
    match = draw.choice(found)
    named = [name for name in COUNTRIES.split("|") if name not in sentence]
    return sentence[: match.start()] + draw.choice(named) + sentence[match.end() :]


def _direction(sentence: str, _: Others, draw: random.Random) -> str | None:
    found = [match for match in re.finditer(r"[^\W\d_]+", sentence) if opposites(match[0].lower())]
    if not found:
        return None
    match = draw.choice(found)
    word = draw.choice(opposites(match[0].lower()))
    return sentence[: match.start()] + (word.title() if match[0][0].isupper() else word) + sentence[match.end() :]


def _negation(sentence: str, _: Others, draw: random.Random) -> str | None:
    if found := list(NEGATED.finditer(sentence)):
        match = draw.choice(found)
        return sentence[: match.start()] + match[1] + sentence[match.end() :]
    if found := list(VERB.finditer(sentence)):
        match = draw.choice(found)
        return f"{sentence[: match.end()]} not{sentence[match.end() :]}"
    return None


def _hedge(sentence: str, _: Others, draw: random.Random) -> str | None:
    found = list(HEDGE.finditer(sentence))
    if not found:
        return None
    match = draw.choice(found)
    return f"{sentence[: match.start()]}will{sentence[match.end() :]}"


def _invention(sentence: str, others: Others, draw: random.Random) -> str | None:
    clause = _other(others.clauses, sentence, draw)
    return clause and f"{sentence.rstrip('.')}, and {clause}."


def _swapped(sentence: str, pattern: str, swaps: dict[str, str], draw: random.Random) -> str | None:
    found = list(re.finditer(pattern, sentence))
    if not found:
        return None
    match = draw.choice(found)
    return sentence[: match.start()] + swaps[match[0]] + sentence[match.end() :]


def _other(values: Sequence[str], known: str, draw: random.Random) -> str | None:
    others = [value for value in values if value not in known]
    return draw.choice(others) if others else None


KINDS: dict[str, Callable[[str, Others, random.Random], str | None]] = {
    "number": _number,
    "scale": _scale,
    "unit": _unit,
    "date": _date,
    "year": _year,
    "name": _name,
    "country": _country,
    "direction": _direction,
    "negation": _negation,
    "hedge": _hedge,
    "invention": _invention,
}
