"""Comparisons taken apart: "Japan vs Korea on car tariffs" asks about Japan's and about Korea's.

One search for both finds what speaks of both, or mostly of one. Each side is searched for with the rest of the
question around it. The shape of the sentence decides; there is no model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.asking.aliases import mentions
from corpus.lexical import STOP_WORDS, terms

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_SIDES = 5
LONGEST = 1000  # characters: what is longer is no question that compares
LONGEST_UNIT = 4  # words of a side that is no name
TOKEN = re.compile(r"&|[^\W_](?:[^\s,;:?!()\[\]\"“”]*[^\W_.]['’]?(?:(?<=\w\.\w)\.)?)?")
VERSUS = frozenset({"vs", "vs.", "versus"})
JOINTS = frozenset({"and", "or", "&"}) | VERSUS
# What makes "X and Y" a comparison, and what "X or Y" needs to be one.
CUE = re.compile(
    r"\b(?:compar(?:e|es|ed|ing|isons?)|contrast(?:s|ed|ing)?|differ(?:s|ed|ent|ently|ences?)?|diffs?|both|respective(?:ly)?"
    r"|each(?!\s+(?:other|one\b))|(?:the\s+)?same|similar(?:ly)?|alike|side\s+by\s+side|lin(?:e|ing)\s+up|stack(?:s|ed)?\s+up)\b",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"\b(?:more|less|fewer|better|worse|higher|lower|bigger|smaller|larger|harder|easier|earlier|later|sooner|cheaper|"
    r"faster|slower|stronger|weaker|tougher|softer|most|least|best|worst|highest|lowest|biggest|largest|first|which)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\b(?:between|among|amongst)\s+(?:the\s+)?$", re.IGNORECASE)
DIFFERENCE = re.compile(
    r"\b(?:differences?|diffs?|compar(?:e|ison)|contrast)\s+(?:between|among|amongst)\s+(?:the\s+)?$", re.IGNORECASE
)
# A comparison of two phrases: "how does X compare with Y", "compare X to Y".
AGAINST = r"(?:stacks?\s+up\s+(?:against|to|with)|compares?\s+(?:with|to|against)|differs?\s+from)"
TWO_PHRASES = (
    re.compile(
        rf"^\s*how\s+(?:does|do|did|would|will)\s+(.{{2,200}}?)\s+{AGAINST}\s+(.{{2,200}}?)[\s?.!]*$", re.IGNORECASE
    ),
    re.compile(r"^.{0,40}?\bcompare\s+(.{2,200}?)\s+(?:with|to|against|and)\s+(.{2,200}?)[\s?.!]*$", re.IGNORECASE),
)
THAN = re.compile(
    r"(?<!rather)(?<!other)\s+(?:than|compared\s+(?:with|to))\s+(?:(?:in|on|for|of|to|from|with|by)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
# Words of the comparison itself, which no article about one side needs to hold.
ASIDE = re.compile(
    r"\b(?:differ(?:s|ed|ent|ently)?|diffs?|both|each|respectively|side\s+by\s+side|line\s+up|compared?|contrast)\b"
    r"|\bdifferences?\s+(?:between|among)\b|^\s*(?:what(?:['’]s|\s+(?:is|are))\s+(?:the\s+)?)?(?=differences?\s)",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:(?:early|late|mid)[- ])?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?"
    r"(?:19|20)\d\d\b\s*",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def is_content(self) -> bool:
        word = POSSESSIVE.sub("", self.text.lower())
        return word not in STOP_WORDS and word not in JOINTS


@dataclass(frozen=True, slots=True)
class _Unit:
    """A side in the question. `named`: it is a known thing or written as a name."""

    start: int
    end: int
    named: bool


def sides(question: str) -> tuple[str, ...]:
    """One question for each side of a comparison, in their order; () when the question compares nothing."""
    if len(question) > LONGEST:
        return ()
    found = _of_units(question) or _of_phrases(question) or _of_than(question)
    # A side that is only a word of the comparison ("0 vs differ") leaves nothing to search for.
    return found if len(set(found)) > 1 and all(map(str.strip, found)) else ()


def _of_units(question: str) -> tuple[str, ...]:
    text = _Text(question)
    for at, token in enumerate(text.tokens):
        if token.text.lower() in JOINTS and 0 < at < len(text.tokens) - 1:
            units = text.units(at)
            if len(units) > 1 and _compared(question, token.text.lower(), units):
                return _written(question, units)
    return ()


def _compared(question: str, joint: str, units: list[_Unit]) -> bool:
    if joint in VERSUS:
        return True
    before, rest = question[: units[0].start], question[: units[0].start] + " ; " + question[units[-1].end :]
    if BETWEEN.search(before) and not DIFFERENCE.search(before):
        return False
    if not all(unit.named for unit in units):
        return joint != "or" and _leads(before) and bool(CUE.search(rest))
    return bool(CUE.search(rest) or (joint == "or" and CHOICE.search(rest)))


def _leads(before: str) -> bool:
    """Whether a sentence's subject can follow: unknown names are only taken for sides where they stand first."""
    return (
        re.fullmatch(
            r"\s*(?:(?:how|why|what|when|where)\s+)?(?:are|is|do|does|did|have|has|had|will|were|was)?\s*(?:the\s+)?",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _of_phrases(question: str) -> tuple[str, ...]:
    for pattern in TWO_PHRASES:
        match = pattern.match(question)
        if match and terms(match.group(1)) and terms(match.group(2)):
            one, other = match.group(1), match.group(2)
            return one, _completed(one, other)
    return ()


def _completed(one: str, other: str) -> str:
    """The other side with the noun that it leaves to the first: "Tokyo's deal" and "Seoul's"."""
    if not POSSESSIVE.search(other):
        return other
    owner = re.match(r".*?\w(?:['’]s|s['’])\s+", one)
    head = one[owner.end() :] if owner else WHEN.sub("", re.sub(r"^the\s+", "", one, flags=re.IGNORECASE))
    return f"{other} {head}"


def _of_than(question: str) -> tuple[str, ...]:
    """ "Is the rate on Japan higher than on Korea": the first side's clause, said of either."""
    found = mentions(question)
    for other in found[1:]:
        than = THAN.search(question, 0, other.start)
        one = next((it for it in found if than and it.end <= than.start() and it.thing.kind == other.thing.kind), None)
        if than and one and one.thing != other.thing and one.thing.kind != "word":
            clause, said = question[: than.start()], question[other.start : other.end]
            rest = question[other.end :]
            return _tidy(clause + rest), _tidy(clause[: one.start] + said + clause[one.end :] + rest)
    return ()


def _written(question: str, units: list[_Unit]) -> tuple[str, ...]:
    before, after = question[: units[0].start], question[units[-1].end :]
    said = [question[unit.start : unit.end] for unit in units]
    whole = [said[0], *(_completed(said[0], one) if not _noun_follows(after) else one for one in said[1:])]
    return tuple(dict.fromkeys(_tidy(before + one + after) for one in whole[:MOST_SIDES]))


def _noun_follows(after: str) -> bool:
    return re.match(r"\s+\w", after) is not None


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,:;?])", r"\1", " ".join(ASIDE.sub(" ", text).split())).strip(" ,:;?-–")


class _Text:
    """A question's words, and the sides that stand around one that joins them."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.tokens = [_Token(match.start(), match.end(), match.group()) for match in TOKEN.finditer(question)]
        found = [mention for mention in mentions(question) if mention.thing.kind != "word"]
        self._starts = {mention.start: mention.end for mention in found}
        self._ends = {mention.end: mention.start for mention in found}

    def units(self, joint: int) -> list[_Unit]:
        """The sides around the joint, with those before them in a list ("A, B and C"); [] when there are none."""
        last = self._right(joint + 1)
        first = self._left(joint - 1)
        if not first or not last:
            return []
        units = [first, self._with_head(first, last)]
        while len(units) < MOST_SIDES and (at := self._before_comma(units[0].start)) is not None:
            earlier = self._left(at)
            if not earlier or not earlier.named:
                break
            units.insert(0, earlier)
        return units

    def _before_comma(self, start: int) -> int | None:
        """The word that ends before a comma in front of `start`."""
        gap = re.search(r",\s*(?:the\s+)?$", self.question[:start], re.IGNORECASE)
        return next((at for at, token in enumerate(self.tokens) if gap and token.end == gap.start()), None)

    def _right(self, at: int) -> _Unit | None:
        while at < len(self.tokens) and self.tokens[at].text.lower() in {"the", "a", "an"}:
            at += 1
        if at >= len(self.tokens):
            return None
        start = self.tokens[at].start
        if start in self._starts:
            end = self._starts[start]
            return _Unit(
                start,
                next((t.end for t in self.tokens if t.start < end <= t.end and POSSESSIVE.search(t.text)), end),
                True,
            )
        return self._run(range(at, len(self.tokens)))

    def _left(self, at: int) -> _Unit | None:
        end = self.tokens[at].end
        known = self._ends.get(end, self._ends.get(end - len(_possessive(self.tokens[at].text))))
        return _Unit(known, end, True) if known is not None else self._run(range(at, -1, -1))

    def _run(self, places: range) -> _Unit | None:
        """Neighbouring words in one direction: a name's as long as they are written as one, else content words."""
        content = self._taken(places, lambda _: True)
        name = self._taken(places, lambda text: text[0].isupper() or text[0].isdigit())
        named = any(token.text[0].isupper() for token in name)
        taken = name if named else content
        return _Unit(min(one.start for one in taken), max(one.end for one in taken), named) if taken else None

    def _taken(self, places: range, fits: Callable[[str], bool]) -> list[_Token]:
        taken = list[_Token]()
        for at in places[:LONGEST_UNIT]:
            token = self.tokens[at]
            if (taken and self._apart(token, taken[-1])) or not token.is_content or not fits(token.text):
                break
            taken.append(token)
        return taken

    def _apart(self, one: _Token, other: _Token) -> bool:
        """Whether anything but white space stands between two neighbouring words."""
        return not self.question[min(one.end, other.end) : max(one.start, other.start)].isspace()

    def _with_head(self, first: _Unit, last: _Unit) -> _Unit:
        """The last side as far as the word that ends the first: "the EU deal vs the UK deal"."""
        head = self.question[first.start : first.end].split()[-1].lower()
        following = [token for token in self.tokens if token.start >= last.end][: LONGEST_UNIT - 1]
        same = next((token for token in following if token.text.lower() == head), None)
        return _Unit(last.start, same.end, last.named) if same else last


def _possessive(word: str) -> str:
    match = POSSESSIVE.search(word)
    return match.group() if match else ""
