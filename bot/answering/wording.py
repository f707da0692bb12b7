"""Whether two sentences say the same in nearly the same words."""

import re

from bot.answering.checking.quantities import quantities
from corpus.asking.aliases import mentions

SAME = 0.7  # sentences sharing this much of the shorter one's words say the same
WORD = re.compile(r"\w+")


def says_the_same(one: str, other: str) -> bool:
    """Whether one sentence's words are nearly all among the other's."""
    words, others = frozenset(WORD.findall(one.lower())), frozenset(WORD.findall(other.lower()))
    return len(words & others) >= SAME * min(len(words), len(others))


def repeats(one: str, other: str) -> bool:
    """Whether a sentence adds nothing to another: nearly the same words, no other figure, and no other country."""
    return says_the_same(one, other) and _figures(one) == _figures(other) and countries(one) == countries(other)


def _figures(text: str) -> frozenset[tuple[object, str]]:
    return frozenset((figure.value, figure.unit) for figure in quantities(text))


def countries(text: str) -> frozenset[str]:
    """The countries that a text names, each by its one word in the index."""
    return frozenset(mention.thing.key for mention in mentions(text) if mention.thing.kind == "country")
