"""Greetings, thanks and assent: they get one friendly line, and nothing is searched for."""

import re

WORD = re.compile(r"[^\W\d_']+")
GREETINGS = frozenset(
    "hi hello hey hiya howdy greetings morning afternoon evening good day there accord bot all".split()
)
THANKS = frozenset("thanks thank you thx ty cheers very much so many great cool nice perfect ok okay a lot".split())
ASSENT = frozenset("yes yep yeah no nope ok okay sure right fine great cool nice good got it i see understood".split())
OPENERS = frozenset("hi hello hey hiya howdy greetings good".split())
GRATITUDE = frozenset("thanks thank thx ty cheers".split())
MOST_WORDS = 5

HELLO = "Hello. Ask me something about the stored articles, for example why talks on something stalled."
WELCOME = "You are welcome."
NOTED = "All right. Ask me when you want to know more."


def reply_to(message: str) -> str | None:
    """What is said to a message that asks nothing; None for a question."""
    words = [word.lower() for word in WORD.findall(message)]
    if not words or len(words) > MOST_WORDS:
        return None
    said = frozenset(words)
    if said & GRATITUDE and said <= THANKS | ASSENT:
        return WELCOME
    if words[0] in OPENERS and said <= GREETINGS:
        return HELLO
    return NOTED if said <= ASSENT else None
