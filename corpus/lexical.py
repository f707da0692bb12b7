"""Questions as full-text queries: which words are looked for, and how they are quoted for FTS5."""

import re

# Function words and what only makes a sentence a question; BM25 would spend its candidates on them.
STOP_WORDS = frozenset(
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "could d did do does doing done don during each even ever few for from get give given go got had has have "
    "having he her here hers him his how i if in into is it its just let ll m many may me might more most much my "
    "no nor not now of off on once only or other our out over own please re s same shall she should so some such "
    "t tell than that the their them then there these they this those through to too under until up ve very "
    "was wasn we were what when where which while who whom whose why will with would you your".split()
)
# Letters and digits, with the point or comma inside a number: "2.5" and "1,200" stay whole.
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


def terms(question: str) -> list[str]:
    """The words of a question that say what it is about, lower case, in order, each once."""
    return [word for word in _words(question) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def match_expression(question: str) -> str | None:
    """An FTS5 expression that finds any of the question's terms; None when it has no words.

    A question of nothing but function words is looked for by these: it is better than to look for nothing.
    """
    return " OR ".join(quoted(term) for term in terms(question) or _words(question)) or None


def _words(question: str) -> list[str]:
    folded = re.sub(r"['’]s\b", "", question.lower())
    return list(dict.fromkeys(match.group() for match in WORD.finditer(folded)))


def quoted(term: str) -> str:
    """A term as an FTS5 string, so that nothing in a question is read as query syntax."""
    return '"' + term.replace('"', '""') + '"'
