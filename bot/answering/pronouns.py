"""The name that a quoted sentence leaves to the one before it: "He met her" becomes "[Mr. Akazawa] met her".

Only where it is plain: a "he" or "she" that opens the sentence or says what it quotes, after a sentence of the same
passage that names one person. The quote under the answer stays as the article has it.
"""

from __future__ import annotations

import re

from bot.answering.checking.names import CALENDAR
from corpus.asking.aliases import mentions
from corpus.lexical import STOP_WORDS
from corpus.sentences import sentences

SUBJECT = re.compile(r"^[“\"]?(He|She)\b|(?<=[,?!][”\"] )(he|she)(?= (?:said|says|added|told|wrote|argued))")
SAYS = (
    r"(?:said|says|told|added|wrote|argued|called|noted|announced|met|signed|ordered|threatened|warned|suggested|wants)"
)
TITLE = (
    r"(?:President|Minister|Secretary|Sen\.|Rep\.|Gov\.|Justice|Judge|Chancellor|Premier|Ambassador|Chairman|CEO|Senator"
    r"|[Ee]conomist|[Aa]nalyst|[Nn]egotiator|[Ee]nvoy|Representative|[Dd]irector|[Pp]rofessor|Mr\.|Ms\.|Mrs\.|Dr\.|chief)"
)
WORDS = r"\b[A-Z][a-zé'’-]+(?: [A-Z]\.)?(?: [A-Z][a-zé'’-]+){0,2}"
NAME = re.compile(WORDS)
TITLES = frozenset(
    "President Minister Secretary Justice Judge Chancellor Premier Ambassador Chairman Senator Mr Ms".split()
)
PERSON = re.compile(rf"(?P<title>{TITLE} )(?P<one>{WORDS})|(?P<two>{WORDS})(?=,? (?:also |then |has |had )?{SAYS}\b)")
NO_PERSON = frozenset(
    "House Department Court Commission Union States Council Reserve Bank Office Ministry Association Administration "
    "Solutions Securities Analytics Economics Group Institute Center Centre University Motor Motors Research Capital "
    "Partners Times Post Journal News Press Wire Street Party Republicans Democrats He She They It Officials Congress "
    "Senate Washington Tokyo Beijing Brussels Seoul Ottawa London Delhi China Japan Korea Canada Mexico Europe Germany "
    "India Britain But And The This That".split()
)
BACK = 2  # sentences that may have the name
NAMED = re.compile(r"\[[^\[\]]{1,60}\]")
DAY = re.compile(r"^\[\d{4}-\d\d-\d\d\] ")
SHORT_TITLE = re.compile(r"^(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov)\. $")


def with_name(sentence: str, before: str) -> str:
    """The sentence with the person's name in brackets for its pronoun; as it is where none is plain.

    `before` is what stands before it in its passage.
    """
    found = SUBJECT.search(sentence)
    if found is None:
        return sentence
    spans = sentences(before)[-BACK:]
    for span in reversed(spans):
        names = _persons(before[span.start : span.end])
        if len(names) > 1:
            return sentence
        if names:
            name = next(iter(names.values()))
            place = found.span(1) if found[1] else found.span(2)
            if not name or _is_other(name, sentence[place[0] : place[1]]):
                return sentence
            return f"{sentence[: place[0]]}[{name}]{sentence[place[1] :]}"
    return sentence


def is_as_quoted(text: str, quote: str) -> bool:
    """Whether a sentence is its quote but for what stands in brackets: a pronoun's name, or a day before it."""
    plain = DAY.sub("", text)
    return quote in {text, plain} or any(
        f"{plain[: found.start()]}{pronoun}{plain[found.end() :]}" == quote
        for found in NAMED.finditer(plain)
        for pronoun in ("He", "She", "he", "she")
    )


def _is_other(name: str, pronoun: str) -> bool:
    """Whether a title says that the pronoun is another person's."""
    return name.startswith(("Ms.", "Mrs.") if pronoun.lower() == "he" else "Mr.")


def _persons(text: str) -> dict[str, str]:
    """The persons that a sentence names, by last name; the fullest form of each."""
    found: dict[str, str] = {}
    for match in PERSON.finditer(text):
        name = match["one"] or match["two"]
        last = name.split()[-1]
        if NO_PERSON.isdisjoint(name.split()):
            short = match["title"] if match["title"] and SHORT_TITLE.match(match["title"]) else ""
            found[last] = max(found.get(last, ""), f"{short}{name}", key=len)
    return found | {last: "" for last in _others(text) if last not in found}


def _others(text: str) -> list[str]:
    """The last words of other names inside a sentence, which may be persons': a place or a body is known for none."""
    places = [(one.start, one.end) for one in mentions(text)]
    names = (one for one in NAME.finditer(text) if not any(at <= one.start() < end for at, end in places))
    return [
        words[-1]
        for words in (one[0].split() for one in names)
        if NO_PERSON.isdisjoint(words)
        and words[0].lower() not in STOP_WORDS
        and words[-1].lower() not in CALENDAR
        and words[-1] not in TITLES
    ]
