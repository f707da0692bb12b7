"""A text's words with what each one states: a figure, a day, a name, a direction, a negation, or nothing of its own.

English by word lists, names by their capital. A word of a script without capitals may be a name, and so may every
character of Chinese and Japanese that is not hiragana.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

Kind = Literal["", "figure", "weekday", "month", "name", "negation", "unit"]

HIRAGANA = "\u3040-\u309f"
UNSPACED = f"\u3005{HIRAGANA}\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff"
TOKEN = re.compile(
    rf"(?P<figure>\d+(?:[.,]\d+)*)|(?P<character>[{UNSPACED}])"
    rf"|(?P<word>(?:(?![{UNSPACED}])[^\W\d_])+(?:['’](?:(?![{UNSPACED}])[^\W\d_])+)*)"
    r"|(?P<percent>%)|(?P<stop>[.!?…:](?=\W*\s)|[。！？]|\n(?!\s*[a-z\d])|\s[-–—]+\s|—)"
)
# Who wrote and who sends a text is the outlet's own: a line of names, and the agency of a date line.
BYLINES = re.compile(
    r"^[ \t]*\(?(?:(?:additional )?(?:reporting|writing|editing) )?by [^\n.]{1,200}\)?[ \t]*$"
    r"|\([^()\n]{1,40}\)(?=\s{0,2}[-–—])",
    re.IGNORECASE | re.MULTILINE,
)
ABBREVIATED = re.compile(r"(?<![\w.])(?:[A-Za-z]\.){2,8}")
# The stop of a short form ends no sentence, and what follows belongs to it.
SHORT_FORM = re.compile(
    r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mrs?|Ms|Dr|Gen|Sen|Rep|Gov|St|No)\.", re.IGNORECASE
)
MINUS = re.compile(r"(?<![\w).,])[-−](?=\d)")
ONE_CASE = 0.9

UNITS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()  # fmt: skip
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
NUMBERS = {
    **{word: Decimal(value) for value, word in enumerate(UNITS)},
    **{word: Decimal(value * 10) for value, word in enumerate(TENS, start=2)},
    **{word: Decimal(value) for value, word in enumerate(ORDINALS, start=1)},
    "half": Decimal("0.5"),
    "dozen": Decimal(12),
}
SCALES = {
    "hundred": 2,
    **dict.fromkeys(("thousand", "k"), 3),
    **dict.fromkeys(("million", "mln", "mn", "m"), 6),
    **dict.fromkeys(("billion", "bln", "bn", "b"), 9),
    **dict.fromkeys(("trillion", "trn", "tn"), 12),
}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
DAYS: dict[str, tuple[Kind, str]] = {
    **{form: ("weekday", day) for day in WEEKDAYS for form in (day, day[:3], day[:4])},
    **{form: ("month", month) for month in MONTHS for form in (month, month[:3], month[:4])},
}
NEGATIONS = frozenset("not no never none neither nor cannot without minus hardly 不 未 没 非 無 无".split())
# A word's other forms are told by `_stem`. All pairs of the first list are one direction.
UP_DOWN = """rise:fall rose:fell risen:fallen climb:drop gain:lose increase:decrease raise:lower up:down higher:lower
    high:low above:below more:less more:fewer grow:shrink grew:shrank growth:decline jump:slump surge:plunge
    soar:tumble advance:slip strengthen:weaken stronger:weaker widen:narrow accelerate:slow double:halve expand:cut
    rally:slide upgrade:downgrade hike:reduce upward:downward maximum:minimum"""
OPPOSITES = """surplus:deficit profit:loss import:export buy:sell bought:sold approve:reject accept:refuse impose:lift
    begin:end start:stop open:close win:lose won:lost support:oppose allow:ban better:worse best:worst lead:trail"""
# Capitalised or not, these name nobody.
COMMON = frozenset(
    """a an the this that these those it its he she they we i you his her their our in on at by of for from with to as
    but and or if so then when while after before since although though because despite however meanwhile until under
    over during amid among also there here what who how why where which some many most last next later earlier
    according now both each all any other such new mr mrs ms dr sir lord lady president minister prime secretary
    chancellor chairman governor senator was were is are be been has have had will would said says up down about around
    into out still yet even only just between against than percent pct cent today yesterday tomorrow""".split()
)
SPELLED = (
    (re.compile(r"is(?=(?:e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"mme(?=s?$)"), "m"),
    (re.compile(r"ll(?=(?:ed|ing)$)"), "l"),
    (re.compile(r"aluminium"), "aluminum"),
    (re.compile(r"^tonne"), "ton"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is compared. `opens` marks the first of a sentence; `pole` is "axis+" or "axis-" of a direction."""

    word: str
    kind: Kind = ""
    pole: str = ""
    opens: bool = False
    character: bool = False


@lru_cache(maxsize=128)
def read(text: str) -> tuple[Token, ...]:
    """The text's words in order, bylines left out, figures by their value ("5 bln" and "five billion" are equal)."""
    plain = BYLINES.sub("\n", unicodedata.normalize("NFKC", text).replace("’", "'"))
    plain = ABBREVIATED.sub(lambda found: found.group().replace(".", ""), plain)
    plain = SHORT_FORM.sub(r"\1 ", plain)
    plain = MINUS.sub(" minus ", plain).replace("per cent", "percent")
    found: list[Token] = []
    for token in _tokens(plain):
        joined = _one_figure(found[-1], token) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(token)
    return tuple(found)


def word_count(text: str) -> float:
    """How many words; a character of Chinese or Japanese is half of one."""
    return sum(0.5 if token.character else 1 for token in read(text))


def _tokens(text: str) -> Iterator[Token]:
    letters = [letter for letter in text if letter.isalpha() and letter.upper() != letter.lower()]
    capitals = sum(map(str.isupper, letters))
    told = 0 < capitals < ONE_CASE * len(letters)
    opens = True
    for match in TOKEN.finditer(text):
        if match.lastgroup == "stop":
            opens = True
            continue
        yield replace(_token(match, capitals_tell=told), opens=opens)
        opens = False


def _token(match: re.Match[str], *, capitals_tell: bool) -> Token:
    written = match.group()
    if match.lastgroup == "figure":
        return Token(_value(written.replace(",", "")), "figure")
    if match.lastgroup == "percent":
        return Token("percent")
    if match.lastgroup == "character":
        kind: Kind = "negation" if written in NEGATIONS else "" if re.match(f"[{HIRAGANA}]", written) else "name"
        return Token(written, kind, character=True)
    word = written.casefold().removesuffix("'s")
    named = written[0].isupper() or written[0].lower() == written[0].upper() or not capitals_tell
    return _word(word, named=named)


def _word(word: str, *, named: bool) -> Token:
    if word in NUMBERS:
        return Token(str(NUMBERS[word]), "figure")
    if word in SCALES:
        return Token(word, "unit")
    if word in NEGATIONS or word.endswith("n't"):
        return Token(word, "negation")
    if named and word in DAYS:
        kind, day = DAYS[word]
        return Token(day, kind)
    pole = _poles().get(word) or _poles().get(_stem(word), "")
    spelled = _spelled("percent" if word == "pct" else word)
    return Token(spelled, "name" if named and word not in COMMON else "", pole)


def _one_figure(before: Token, token: Token) -> Token | None:
    """What the two make together: "five" and "billion", "twenty" and "five"."""
    if before.kind != "figure" or token.opens:
        return None
    try:
        value = Decimal(before.word)
        if token.kind == "unit":
            return replace(before, word=_value(str(value.scaleb(SCALES[token.word]))))
        if token.kind == "figure" and value in range(20, 100, 10) and token.word in "123456789":
            return replace(before, word=_value(str(value + Decimal(token.word))))
    except InvalidOperation:
        return None
    return None


def _value(written: str) -> str:
    try:
        return str(Decimal(written).normalize())
    except InvalidOperation:
        return written


def _spelled(word: str) -> str:
    for pattern, american in SPELLED:
        word = pattern.sub(american, word)
    return word


@lru_cache(maxsize=1)
def _poles() -> dict[str, str]:
    pairs = [("direction", pair) for pair in UP_DOWN.split()] + [(pair, pair) for pair in OPPOSITES.split()]
    found: dict[str, str] = {}
    for axis, pair in pairs:
        for word, sign in zip(pair.split(":"), "+-", strict=True):
            found.setdefault(word, axis + sign)
            found.setdefault(_stem(word), axis + sign)
    return found


def _stem(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:e|es|ed|s|ing|ped|ped|ping|er)$", "", word)
