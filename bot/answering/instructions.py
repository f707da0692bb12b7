"""Sentences in an article that tell the reader, or a machine that reads, to do something.

News reports; it hardly ever commands. A sentence that begins with a command, speaks of "your answer" or of earlier
instructions is left out of answers: it is not quoted, a chat model is not shown it, and nothing rests on it. What this
costs is measured beside what it catches (docs/evaluation.md). It is one fence of several, not the only one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

from corpus.sentences import sentences

HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn"})  # Unicode categories of characters that nobody sees
SPACES = "\n\t"
HEARING = re.compile(
    r"\byour (?:response|answer|reply|message)\s?\?[\"”’]?$|\byou can respond\b", re.IGNORECASE
)  # in interviews
LEAD = (
    r"(?:(?:okay|ok|hey|quickly|please|kindly|now|then|also|instead|first|finally|next|and|but|so|important|note|attention|warning|remember|do|"
    r"always|never|only|simply|just|don['’]t|do not)\b[\s,:!]*)"
)
LEADS = re.compile(
    rf"^\W*(?:\d{{1,2}}[.)]\s*)?{LEAD}{{0,4}}(?:(?:in|before|when|while|after|at|from|for|if)\b[^,.]{{0,60}},\s{LEAD}{{0,2}})?",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]+(?:['’]t)?(?: (?:sure|up|in|out|down|with))?")
MONEY = re.compile(r"\s+(?:an? )?[$€£]")  # "Provide $25,000 to first-time buyers" stands in lists of plans
OBJECT = re.compile(
    r"(?:\s+(?:down|up|in|out|off|on))?\s+(?:the|an?|this|that|these|those|your|every|each|all|any|only|it|them|me|us|my|our|here|in|to|with|as|yes|no|nothing|"
    r"how|what|why|that|by|at|on|[\"“'‘]|https?:|www\.)(?!\w)",
    re.IGNORECASE,
)
LINE_GOES_ON = re.compile(r"\W*[a-z]")
LET_US = re.compile(
    r"(?:let (?:me|us|[’']?s)|see|look at (?:the|what)|don['’]t get)\b", re.IGNORECASE
)  # what speakers say of themselves
CUT = re.compile(r"[:;—–]\s+|\.\s+")


@lru_cache(maxsize=8192)
def is_instruction(sentence: str) -> bool:
    """Whether a sentence tells its reader to do something."""
    plain = " ".join(visible(sentence).split())
    if HEARING.search(plain):
        return False
    return bool(_addressed().search(plain)) or any(_commands(part) for part in CUT.split(plain) if part)


def blanked(text: str) -> str:
    """A text of the same length, so that offsets still hold, with spaces for instructions and for what nobody sees."""
    shown = [" " if _is_hidden(one) else one for one in text]
    for span in sentences(text):
        if is_instruction(text[span.start : span.end]):
            shown[span.start : span.end] = " " * (span.end - span.start)
    return "".join(shown)


def visible(text: str) -> str:
    """A text without characters that nobody sees, and with one form for letters that look alike in several."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if not _is_hidden(one))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN and character not in SPACES


def _commands(part: str) -> bool:
    """Whether a part of a sentence begins with a verb that commands."""
    lead = LEADS.match(part)
    rest = part[lead.end() :] if lead else part
    first = WORD.match(rest)
    if first is None or LET_US.match(rest) or rest[first.end() :].startswith("-"):
        return False
    if LINE_GOES_ON.match(part) and rest == part:
        return False
    always, with_object = _verbs()
    verb = first[0].lower().split()[0]
    if verb in always:
        return not MONEY.match(rest, len(verb))
    return verb in with_object and OBJECT.match(rest, len(verb)) is not None


@lru_cache(maxsize=1)
def _addressed() -> re.Pattern[str]:
    """Words to a machine that reads, or to those whom it writes for."""
    return re.compile("|".join(_text("addressed.txt").split("\n\n")[1].split("\n")), re.IGNORECASE)


@lru_cache(maxsize=1)
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs that open a sentence only in commands, and those that may be another word unless an object follows."""
    always, with_object = (part.split() for part in _text("commands.txt").split("\n\n")[1:3])
    return frozenset(always), frozenset(with_object)


def _text(name: str) -> str:
    return resources.files("bot.answering").joinpath(name).read_text("utf-8").strip()
