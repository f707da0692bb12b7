"""Questions as full-text queries: which words are looked for, and how they are quoted for FTS5."""

import re

# Function words and what only makes a sentence a question; BM25 would spend its candidates on them.
STOP_WORDS = frozenset(
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "could d did do does doing done don during each even ever few for from get give given go got had has have "
    "having he her here hers him his how i if in into is it its just let ll m many may me might more most much my "
    "no nor not now of off on once only or other our out over own please re s same shall she should so some such "
    "t tell than that the their them then there these they this those through to too under until up us ve very "
    "was wasn we were what when where which while who whom whose why will with would you your".split()
)
# Abbreviations with their points or their "&" ("U.S.", "R&D"), and letters and digits with the point or comma inside a
# number ("2.5", "1,200"): in the index these are several tokens, and quoted they are found where they stand together.
WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b|\b[^\W\d_]{1,2}&[^\W\d_]{1,2}\b|[^\W_]+(?:[.,]\d+)*")
POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)


def terms(question: str) -> list[str]:
    """The words of a question that say what it is about, lower case, in order, each once."""
    shouted = question.isupper()
    words = [word for word in _words(question) if _says_something(word, shouted)]
    return list(dict.fromkeys(word.lower() for word in words))


def match_expressions(question: str) -> list[str]:
    """FTS5 expressions, one a term, for what holds any of the question's terms; none when it has no words.

    A question of nothing but function words is looked for by these: it is better than to look for nothing.
    """
    sought = terms(question) or dict.fromkeys(word.lower() for word in _words(question))
    return [quoted(term) for term in sought]


def _words(question: str) -> list[str]:
    return WORD.findall(POSSESSIVE.sub("", question))


def _says_something(word: str, shouted: bool) -> bool:
    """Not a function word, unless it is written as an abbreviation: "the WHO", "an IT firm"."""
    if word.lower() in STOP_WORDS:
        return len(word) > 1 and word.isupper() and not shouted
    return len(word) > 1 or word.isdigit()


def quoted(term: str) -> str:
    """A term as an FTS5 string, so that nothing in a question is read as query syntax."""
    return '"' + term.replace('"', '""') + '"'
