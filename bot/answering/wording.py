"""Whether two sentences say the same in nearly the same words."""

import re

SAME = 0.7  # sentences sharing this much of the shorter one's words say the same
WORD = re.compile(r"\w+")


def says_the_same(one: str, other: str) -> bool:
    """Whether one sentence's words are nearly all among the other's."""
    words, others = frozenset(WORD.findall(one.lower())), frozenset(WORD.findall(other.lower()))
    return len(words & others) >= SAME * min(len(words), len(others))
