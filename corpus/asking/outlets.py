"""Which of the stored outlets a question names.

An outlet counts where the wording makes it a source ("according to Reuters", "what did the BBC write", "in the FT"),
not where it is the topic ("why did CNN lay off people"): what is written about an outlet is mostly another's. Names
are compared as spoken: case, spaces, points and a leading "The" do not matter, "usatoday.com" is called USA Today, and
"Wall Street Journal" also WSJ. A name made of ordinary words ("Time", "The Hill") needs its capital letters as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_CHARACTERS = 2_000
MOST_WORDS = 6
MOST_NAME_CHARACTERS = 200
REACH = 64
KNOWN_NAMES = 4_096
WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,6}[a-z]{2,18})/?", re.IGNORECASE)
SECOND_LEVEL = frozenset("ac co com edu go gob gouv gov ne net or org".split())
# What a name may carry without being called by it: "BBC News" is the BBC.
SUFFIXES = ("news", "online")
# Words of outlets' names that mean something else in most questions.
ORDINARY = frozenset(
    "age america american asia atlantic bell britain british bulletin business canada capital caravan china chronicle "
    "citizen city conversation courier daily diplomat dispatch economic economist economy enquirer eu europe european "
    "express financial fortune fox free gazette global globe guardian herald hill hindu independent india information "
    "inquirer insider international japan journal korea leader ledger local mail market markets mexico mint mirror "
    "money monitor morning nation national new news now observer online open politics post press quartz record "
    "register reporter republic review sentinel spectator standard star state states street sun technology telegraph "
    "time times today trade trading tribune uk un united us usa verge wall week weekly wire world".split()
)
SOURCE_BEFORE = re.compile(
    r"\b(?:according to|(?:reported|published|written|cited|quoted) (?:by|in)|as per|told|tells|telling|via"
    r"|(?:article|story|piece|report|coverage|analysis|interview|editorial|reporting)s? (?:in|from|by|on|with)"
    r"|(?:read|saw|seen|said) (?:in|on|by))\s(?:the\s)?$",
    re.IGNORECASE,
)
PLACED_BEFORE = re.compile(r"\b(?:in|from|on|per)\s(?:the\s)?$", re.IGNORECASE)
SOURCE_AFTER = re.compile(
    r"(?:['’]s?)?\s(?:\w{1,12}ly\s)?(?:report(?:s|ed|ing)?|sa(?:y|ys|id|ying)|writ(?:e|es|ten|ing)|wrote|articles?"
    r"|stor(?:y|ies)|pieces?|coverage|analysis|interviews?|editorials?|op-eds?|claim(?:s|ed)?|publish(?:ed)?"
    r"|cover(?:s|ed)?|quot(?:e|es|ed)|describ(?:e|es|ed)|not(?:e|es|ed)|f(?:ind|inds|ound)|tell"
    r"|ha(?:s|ve) (?:any|some)thing)\b",
    re.IGNORECASE,
)
CAPITAL_BEFORE = re.compile(r"[^\W\d_]*[^\W\d_a-z][\w.]*\s$")


def named_outlets(question: str, outlets: Iterable[str]) -> tuple[str, ...]:
    """The stored outlets that a question names as sources, in its order, each as it is stored.

    Stored names of one outlet ("BBC News", "bbc.com") come out together. Never raises.
    """
    asked = " ".join(question[:MOST_CHARACTERS].split())
    stored = sorted(set(outlets))
    called: dict[str, list[str]] = {}
    for outlet in stored:
        for name in (*spoken(outlet), *initials(outlet)):
            called.setdefault(name, []).append(outlet)
    cited = _cited(asked, list(WORD.finditer(asked)), called)
    named = list(dict.fromkeys(outlet for name in cited for outlet in called[name]))
    same = (other for outlet in named for other in (outlet, *stored) if same_outlet(outlet, other))
    return tuple(dict.fromkeys(same))


@lru_cache(maxsize=KNOWN_NAMES)
def spoken(outlet: str) -> frozenset[str]:
    """What an outlet is called, folded to letters and digits: "The BBC News" is `bbcnews` and `bbc`."""
    host = HOST.fullmatch(outlet.strip())
    if host:
        label = _label(host[1])
        return frozenset(
            {label} | ({label[3:]} if label.startswith("the") and len(label) > len("thenews") - 1 else set())
        )
    words = [match.group().casefold() for match in PART.finditer(outlet[:MOST_NAME_CHARACTERS])]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    names = {"".join(words)}
    if len(words) > 1:
        names |= {"".join(words[:-1])} if words[-1] in SUFFIXES else set()
    return frozenset(name for name in names if len(name) > 1)


def initials(outlet: str) -> tuple[str, ...]:
    """What a name of several words is called for short, in capitals: WSJ. A country's (US) is not taken."""
    words = [match.group() for match in PART.finditer(outlet[:MOST_NAME_CHARACTERS])]
    if words and words[0].casefold() == "the":
        words = words[1:]
    short = "".join(word[0] for word in words).upper()
    return (short,) if len(words) > 1 and not HOST.fullmatch(outlet) and short.casefold() not in ORDINARY else ()


def same_outlet(one: str, other: str) -> bool:
    """Whether two stored names are of one outlet: "BBC News" and "bbc.co.uk"."""
    return not spoken(one).isdisjoint(spoken(other))


def _label(host: str) -> str:
    """The part of a host name that is somebody's own: `bbc` of www.bbc.co.uk."""
    labels = host.casefold().split(".")[:-1]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels = labels[:-1]
    return "".join(PART.findall(labels[-1]))


def _cited(asked: str, words: Sequence[re.Match[str]], called: dict[str, list[str]]) -> Iterator[str]:
    """The names that stand in a source's place; a longer name hides the shorter ones inside it."""
    at = 0
    while at < len(words):
        run, name = next(((run, name) for run in _runs(words, at) for name in _names(run) if name in called), ((), ""))
        if run and _is_source(asked, run):
            yield name
        at += len(run) if run else 1


def _runs(words: Sequence[re.Match[str]], at: int) -> Iterator[Sequence[re.Match[str]]]:
    """The runs of words from a place on, the longest first."""
    for length in range(min(MOST_WORDS, len(words) - at), 0, -1):
        yield words[at : at + length]


def _names(run: Sequence[re.Match[str]]) -> Iterator[str]:
    """What a run of words may be called by: a host's label, one word as written (WSJ), all folded."""
    if len(run) == 1:
        yield run[0].group()
        if host := HOST.fullmatch(run[0].group()):
            yield _label(host[1])
    yield "".join(part.casefold() for word in run for part in PART.findall(word.group()))


def _is_source(asked: str, run: Sequence[re.Match[str]]) -> bool:
    start, end = run[0].start(), run[-1].end()
    before, after = asked[max(0, start - REACH) : start], asked[end : end + REACH]
    wording = SOURCE_BEFORE.search(before) or SOURCE_AFTER.match(after)
    words = [word.group() for word in run]
    if any(word.casefold() not in ORDINARY | {"the"} for word in words):
        return bool(wording or PLACED_BEFORE.search(before))
    return _has_capitals(asked, words, before) and bool(wording or PLACED_BEFORE.search(before))


def _has_capitals(asked: str, words: Sequence[str], before: str) -> bool:
    """Whether a name of ordinary words is written as a name, and not as the end of a longer one."""
    if asked == asked.upper() or not all(word[0].isupper() for word in words if word != "the"):
        return False
    return not CAPITAL_BEFORE.search(before.removesuffix("The ")) or bool(SOURCE_BEFORE.search(before))
