"""Questions that their passage no longer answers, because a name or a date in them is now another.

After the rule-based unanswerable questions of Jia and Liang ("Adversarial Examples for Evaluating Reading
Comprehension Systems", EMNLP 2017): what is asked stays, of whom or when changes. A name is replaced by one that stands
after the same word elsewhere, so that a place becomes a place ("in Ohio", "in Peru").
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence

    from training.data import Source

NAME = re.compile(r"\b([a-z]+) ([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\b(?! [A-Z])")  # with the small word before it
WORD = re.compile(r"[^\W\d_]+")
LOWER = re.compile(r"\b[a-z]+\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
YEARS = [str(year) for year in range(1990, 2027)]
MONTHS = "January February March April June July August September October November December".split()
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
ENOUGH = 30  # names seen after a word: fewer, and the word says little of what they are
TRIES = 12
LONGEST = 3  # words of a name

Place = tuple[int, int]


class Alterer:
    """Alters questions with the names of all the passages, the common ones most often."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._after: dict[str, list[str]] = defaultdict(list)
        self._before: dict[str, list[str]] = defaultdict(list)
        sources = list(sources)
        plain = {word for source in sources for word in LOWER.findall(source.text)}
        for source in sources:
            for word, name in dict.fromkeys(NAME.findall(source.text)):
                if plain.isdisjoint(name.lower().split()):  # a name, and no word that a title made look like one
                    self._after[word].append(name)
                    self._before[name.lower()].append(word)

    def altered(self, question: str, source: Source, rng: random.Random) -> str | None:
        """The question with a name of its passage, or else a month or year, replaced; None when that cannot be done."""
        told = f"{source.published} {source.title} {source.text}".lower()
        choices = list(self._named(question, told, rng)) or list(_dated(question))
        if not choices:
            return None
        (start, end), others = rng.choice(choices)
        drawn = (others[rng.randrange(len(others))] for _ in range(TRIES))
        new = next((name for name in drawn if name.lower() not in f"{told} {question.lower()}"), None)
        if new is None:
            return None
        return question[:start] + (new.lower() if question[start:end].islower() else new) + question[end:]

    def _named(self, question: str, told: str, rng: random.Random) -> Iterator[tuple[Place, Sequence[str]]]:
        words = list(WORD.finditer(question))
        for many in range(LONGEST, 0, -1):
            for first in range(len(words) - many + 1):
                place = (words[first].start(), words[first + many - 1].end())
                name = question[slice(*place)].lower()
                if name in self._before and re.search(rf"\b{re.escape(name)}\b", told):
                    others = self._after[rng.choice(self._before[name])]
                    if len(others) >= ENOUGH and not _part_of_more(question, place):
                        yield place, others


def _part_of_more(question: str, place: Place) -> bool:
    """Whether the words beside it look like more of the name: "Social" in "Social Security"."""
    start, end = place
    before = question[:start].split()
    goes_on = question[end : end + 1] == " " and question[end + 1 : end + 2].isupper()
    return goes_on or (len(before) > 1 and before[-1][:1].isupper())


def _dated(question: str) -> Iterator[tuple[Place, Sequence[str]]]:
    yield from ((match.span(), MONTHS) for match in MONTH.finditer(question))
    yield from ((match.span(), YEARS) for match in YEAR.finditer(question))
