"""Which charset bytes were written in, when they are not UTF-8: the one under which they are likeliest.

Each charset is a small model of what is written in it: how often its common and its rare characters come (Japanese
is half kana, the first level of a Chinese set is nearly all of a newspaper, a Western accent stands among plain
letters), spread evenly over the characters of a class. Every model explains the same bytes, so that their
likelihoods compare; the declared charset gets an advance. This is the distribution analysis of Li and Momoi ("A
composite approach to language/encoding detection", Unicode Conference 2001) with classes in place of counts.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# What a label means to browsers: the larger set that is written under its name (https://encoding.spec.whatwg.org).
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_ALIASES = {"windows-874": "cp874", "x-sjis": "cp932", "x-gbk": "gbk", "x-euc-jp": "euc_jp", "x-cp1251": "cp1251"}
# Not encodings of text: slow on long input, or they turn plain characters into others.
_NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7", "undefined", "mbcs", "oem"}
_SAMPLE = 12_000
# Pieces between spaces and tags: no charset read here has a character that goes on over one of these.
_PIECE = re.compile(rb"[^<>\s]{0,400}[\x80-\xff][^<>\s]{0,400}")

_PLAIN = math.log(0.5 / 95)
_ABOVE_ASCII = math.log(0.5)
_BROKEN = math.log(1e-7)
_RARE = math.log(1e-6)
# An advance of as many nats as two or three letters can give: it settles what is close.
_DECLARED = 6.0
_FIRST_DECLARED = 1.0
# A wrong label still tells the language.
_KIN = 3.0
_FAMILIES = ({"cp932", "euc_jp"}, {"gb18030", "big5hkscs"}, {"cp1251", "koi8-r", "iso8859-5", "cp866"})

Model = Callable[[str], float]
"""The log-probability of a character beyond ASCII, among the characters beyond ASCII."""


@dataclass(frozen=True, slots=True)
class _Charset:
    """A charset with its model; what it costs that two of its letters, or one and a plain one, stand together."""

    name: str
    model: Model
    together: float = 0.0
    with_plain: float = -2.5


def codec(name: str) -> str | None:
    """Python's codec for a charset's label; None for what is no charset of text."""
    label = name.strip().lower()
    try:
        found = codecs.lookup(_ALIASES.get(label, label))
    except (LookupError, ValueError):
        return None
    # codecs.lookup also finds bytes-to-bytes codecs such as "hex".
    if found.name.replace("_", "-") in _NO_CHARSETS or not getattr(found, "_is_text_encoding", True):
        return None
    return _MEANT.get(found.name, found.name)


def likeliest(data: bytes, declared: list[str]) -> str:
    """The codec whose model explains the bytes best. `declared` are codecs, the most certain first."""
    sample = b" ".join(_PIECE.findall(data))[:_SAMPLE]
    candidates = {charset.name: charset for charset in _charsets()}
    for name in declared:
        if not name.startswith("utf"):
            candidates.setdefault(name, _Charset(name, _any_letter, -1.0, 0.0))
    advance = {kin: _KIN for name in declared for family in _FAMILIES if name in family for kin in family}
    advance |= {name: _DECLARED - _FIRST_DECLARED * i for i, name in reversed(list(enumerate(declared)))}
    return max(candidates, key=lambda name: _likelihood(sample, candidates[name]) + advance.get(name, 0.0))


def _likelihood(sample: bytes, charset: _Charset) -> float:
    text = codecs.getincrementaldecoder(charset.name)(errors="replace").decode(sample)
    total = 0.0
    for before, letter in pairwise(f" {text}"):
        if letter.isascii():
            total += _PLAIN
        else:
            total += _BROKEN if letter == "\ufffd" else _ABOVE_ASCII + charset.model(letter)
        if before.isalpha() and letter.isalpha() and not (before.isascii() and letter.isascii()):
            total += charset.with_plain if before.isascii() or letter.isascii() else charset.together
    return total


@lru_cache(maxsize=1)
def _charsets() -> tuple[_Charset, ...]:
    return (
        _Charset("cp1252", _model(((0.75, _WESTERN), (0.2, _PUNCTUATION), (0.03, _WESTERN.upper()))), *_ACCENTS),
        _Charset("cp932", _japanese()),
        _Charset("euc_jp", _japanese()),
        _Charset("gb18030", _chinese("gb2312", b"\xb0", b"\xd8", _SIMPLIFIED)),
        _Charset("big5hkscs", _chinese("big5", b"\xa4", b"\xc7", _TRADITIONAL)),
        _Charset("cp949", _model(((0.35, _KOREAN), (0.55, _cells("euc_kr", b"\xb0", b"\xc9")), (0.04, _STOPS)))),
        *(_Charset(name, _alphabet(_RUSSIAN, _SLAVIC), *_ALONE) for name in ("cp1251", "koi8-r", "iso8859-5", "cp866")),
        _Charset("cp1250", _model(((0.7, _CENTRAL), (0.2, _PUNCTUATION), (0.05, _CENTRAL.upper()))), *_ACCENTS),
        _Charset("cp1253", _alphabet(_GREEK, _GREEK_ACCENTS), *_ALONE),
        *(_Charset(name, _script(script), *_ALONE) for name, script in _OTHER_SCRIPTS),
    )


# A word is plain letters with an accent here and there; Greek or Cyrillic words hold no plain letters.
_ACCENTS = (-2.0, 0.0)
_ALONE = (0.0, -5.0)
_WESTERN = "éèàùâêîôûçëïüöäßñáíóúãõåøæœ"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžőűôľĺŕăâîşţäöüß"
_PUNCTUATION = "“”‘’–—…«»€£·•°©®™§„‚\xa0"
_STOPS = "、。，．・：；？！（）「」『』【】《》〈〉“”‘’…—ー々〇％　·"
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3094)))
_KATAKANA = "".join(map(chr, range(0x30A1, 0x30F7)))
# The characters that make up about two fifths of running text in each language.
_SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就"
    "分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
_TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就"
    "分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經"
)
_KOREAN = "다이는의에을를가은고하로한기지사도서인자대과으리시정해부어들일나상그수있제라것장했아전까무만보여국"
# Russian letters by how often they come; Ukrainian, Bulgarian and Serbian ones after them.
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_SLAVIC = "іїєґўђјљњћџ№"
_GREEK = "αοιετσνηυρπκμλςωδγίάόχθέφήύβώξζψ"
_GREEK_ACCENTS = "ϊϋΐΰΆΈΉΊΌΎΏ"
_OTHER_SCRIPTS = (
    ("cp1255", (0x05D0, 0x05EA)), ("cp1256", (0x0621, 0x06D2)),
    ("cp874", (0x0E01, 0x0E5B)),
)  # fmt: skip


def _model(classes: tuple[tuple[float, str], ...]) -> Model:
    """Each class's share spread over its characters; a character in several has what all of them give it."""
    shares: dict[str, float] = {}
    for share, letters in classes:
        distinct = set(letters)
        for letter in distinct:
            shares[letter] = shares.get(letter, 0.0) + share / len(distinct)
    logs = {letter: math.log(share) for letter, share in shares.items()}
    return lambda letter: logs.get(letter, _RARE - 3.0)


@lru_cache(maxsize=4)
def _cells(name: str, start: bytes, end: bytes) -> str:
    """The characters of a two-byte set in the rows from `start` up to `end`."""
    rows = range(start[0], end[0])
    found = (bytes((row, cell)).decode(name, errors="ignore") for row in rows for cell in range(0x40, 0xFF))
    return "".join(letter for letter in found if len(letter) == 1)


@lru_cache(maxsize=1)
def _japanese() -> Model:
    return _model(
        (
            (0.42, _HIRAGANA),
            (0.12, _KATAKANA),
            (0.1, _STOPS),
            (0.33, _cells("euc_jp", b"\xb0", b"\xd0")),
            (0.02, _cells("euc_jp", b"\xd0", b"\xf5")),
            (0.005, _cells("euc_jp", b"\xa1", b"\xa9")),
        )
    )


def _chinese(name: str, start: bytes, end: bytes, frequent: str) -> Model:
    rest = _cells(name, end, b"\xf8")
    return _model(((0.35, frequent), (0.5, _cells(name, start, end)), (0.12, _STOPS), (0.02, rest)))


def _alphabet(by_frequency: str, others: str) -> Model:
    """An alphabet of small letters, the most frequent first, its capitals, and letters of its other languages."""
    shares = zip(_zipf(len(by_frequency)), by_frequency, strict=True)
    frequencies = tuple((0.9 * share, letter) for share, letter in shares)
    return _model((*frequencies, (0.04, by_frequency.upper()), (0.02, others), (0.03, _PUNCTUATION)))


def _zipf(count: int) -> list[float]:
    """Shares that fall with rank about as letters' frequencies do."""
    weights = [1 / (rank + 4) for rank in range(count)]
    return [weight / sum(weights) for weight in weights]


def _script(bounds: tuple[int, int]) -> Model:
    return _model(((0.9, "".join(map(chr, range(bounds[0], bounds[1] + 1)))), (0.05, _PUNCTUATION)))


def _any_letter(letter: str) -> float:
    """For charsets that nothing is known of but that they were declared."""
    if letter.isalpha():
        return math.log((0.05 if letter.isupper() else 0.9) / 60)
    return math.log(0.05 / 60) if letter.isprintable() else _RARE
