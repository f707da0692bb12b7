"""Which things a text names, and one word for each of them: Tokyo and Japanese are "japan", duties are "tariff".

BM25 takes a thing under two names for two things. FTS5 cannot join them when it searches: an OR of all names adds up
their scores, so that a thing with many names outweighs the rest of the question. So both sides are folded to one name
before they are indexed and looked for (https://sqlite.org/fts5.html#synonym_support, the first of its three ways).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.asking.names import AGREEMENTS, BODIES, CASED, COUNTRIES, OTHERWISE, WORDS

# The points of an abbreviation belong to it ("U.S."), an apostrophe with its s does not ("Japan's").
WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|[^\W_]+")
# A lower-case "us" is the country in "the us", "us-china" and "us tariffs", and a pronoun elsewhere.
BEFORE_US = re.compile(r"(?:\bthe\s|\w[-/–])$", re.IGNORECASE)
AFTER_US = re.compile(
    r"[-/–]\w|\s(?:and\s\w+\s)?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|trade|imports?|exports?|econom(?:y|ic)|goods|"
    r"government|president|dollars?|companies|firms|importers|exporters|farm(?:s|ers)?|congress|senate|treasury|"
    r"customs|commerce|steel|market|consumers|inflation|gdp|supreme|court|talks|deal)\b",
    re.IGNORECASE,
)
SECTION = re.compile(r"(?:§{1,2}\s?|\b(?:sections?|secs?\.?|s\.)\s?)(?=\d{2,4}\b)", re.IGNORECASE)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
PER_CENT = re.compile(r"\bper cents?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """`names` begins with the one that articles use most."""

    kind: str  # "country", "body", "agreement" or "word"
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one word that stands for it in the index."""
        return "".join(_keys(self.names[0]))


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing where a text names it: `text[start:end]`."""

    start: int
    end: int
    thing: Thing


def mentions(text: str) -> list[Mention]:
    """The things that a text names, in order; the longest name wins where several begin."""
    words = [(match.start(), match.end(), _key(match.group())) for match in WORD.finditer(text)]
    shouted = text.isupper()
    found, after = list[Mention](), 0
    for at, (start, _, first) in enumerate(words):
        if at < after:
            continue
        for keys, thing in _by_first_word().get(first, ()):
            end = words[min(at + len(keys), len(words)) - 1][1]
            if keys == tuple(key for _, _, key in words[at : at + len(keys)]) and _is_name(text, start, end, shouted):
                after = at + len(keys)
                found += [Mention(start, end, thing)] if thing else []
                break
    return found


def folded(text: str) -> str:
    """The text as it is indexed and looked for: one word for each thing that has several names or spellings."""
    parts, at = list[str](), 0
    for mention in mentions(text):
        parts += [text[at : mention.start], mention.thing.key]
        at = mention.end
    joined = "".join([*parts, text[at:]])
    return THOUSANDS.sub("", SECTION.sub("section ", PER_CENT.sub("percent", joined)))


def _is_name(text: str, start: int, end: int, shouted: bool) -> bool:
    said = text[start:end]
    if said.lower() == "us" and (shouted or said != "US"):
        return bool(BEFORE_US.search(text, max(0, start - 5), start) or AFTER_US.match(text, end))
    return said.lower() not in _cased() or said in CASED


@cache
def _cased() -> frozenset[str]:
    return frozenset(name.lower() for name in CASED)


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Thing | None]]]:
    """(words of a name, thing) by the name's first word, longest first. None: the name means something else."""
    known: dict[tuple[str, ...], Thing | None] = {}
    for kind, lines in (("word", WORDS), ("agreement", AGREEMENTS), ("body", BODIES), ("country", COUNTRIES)):
        for line in lines.strip().splitlines():
            names = tuple(name.strip() for name in line.split(","))
            known |= dict.fromkeys(map(_keys, names), Thing(kind, names))
    known |= dict.fromkeys(_keys(name) for name in OTHERWISE.split(","))
    by_first: dict[str, list[tuple[tuple[str, ...], Thing | None]]] = {}
    for keys in sorted(known, key=len, reverse=True):
        by_first.setdefault(keys[0], []).append((keys, known[keys]))
    return by_first


def _keys(name: str) -> tuple[str, ...]:
    return tuple(_key(match.group()) for match in WORD.finditer(name))


def _key(word: str) -> str:
    return word.replace(".", "").lower()
