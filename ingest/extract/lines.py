"""What a line of a saved page looks like, by its shape and by the words of a page's frame (frame_words.py)."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from ingest.extract import frame_words
from ingest.extract.bylines import date_and_names, signed_by
from ingest.extract.dates import published_in

if TYPE_CHECKING:
    from collections.abc import Callable

_BULLET = re.compile(r"\s*(?:[•·▪◾◼■□◆◦‣○●►✓*+–-]|\(?\d{1,2}[.)]|\[\d{1,3}\])\s+")
_FOOTNOTES = r"(?:\s?\[\d{1,3}\]|[¹²³⁰⁴-⁹])*"
_ENDS_SENTENCE = re.compile(rf"[.!?。！？]['\"”’»“)\]）」』]*{_FOOTNOTES}$")
_ENDS_CUT = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\s*(?:(?:read|continue|see|more)\b.*)?$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){1,4}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|Dr|St|vs|No|etc)\.$")
_SEPARATED = re.compile(r"\s*[|•·»›>/]\s*|\s{3,}|\t")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_APPEARED = re.compile(
    r"(?:the post .{1,300} appeared first|(?:(?:this|the) (?:article|story|piece|post|report"
    r"|column|essay|interview)\s+)?(?:(?:was|is|has been)\s+)?"
    r"(?:(?:first|originally) (?:appeared|published|posted|ran)|(?:re)?published (?:here )?with permission))"
    r"\s+(?:on|in|by|at|with|from)\s+(?P<name>.{2,60}?)\.?",
    re.IGNORECASE,
)

_LABEL_WORDS = 4
_LINK_WORDS = 6
_PROSE_WORDS = 8
_LONGEST_LABEL = 30
_ROW_OF_NAMES = 14
_LONGEST_PROMPT = 30
_SEGMENTS = 3
# No button, menu or notice is longer; it also bounds what the patterns have to try.
_LONGEST_FRAME_LINE = 1_000
_LINE_END = 80
_LONGEST_CONTACT = 160
_LONGEST_NOTICE = 300


class Kind(Enum):
    """What a line is, as far as it can be told without its neighbours."""

    PROSE = auto()  # sentences
    SHORT = auto()  # a short sentence
    ITEM = auto()  # a list's entry
    LABEL = auto()  # words without an end: a headline, a heading, a link
    TEASER = auto()  # a text that is cut off
    DATED = auto()  # a date or a byline
    MENU = auto()  # several links on a line
    COUNT = auto()  # counters and share buttons
    PROMPT = auto()  # what a page asks its reader to do
    LEGAL = auto()  # copyright
    CREDIT = auto()  # whose picture it is
    ORIGIN = auto()  # where the text appeared first
    RELATED = auto()  # the heading over other articles
    ABOUT = auto()  # the heading over what is said of the writers
    COMMENTS = auto()  # the heading over readers' comments


FRAME = frozenset({Kind.MENU, Kind.COUNT, Kind.PROMPT, Kind.LEGAL, Kind.RELATED, Kind.COMMENTS, Kind.ABOUT})
SENTENCES = frozenset({Kind.PROSE, Kind.SHORT})


def kind_of(line: str) -> Kind:
    """What the line is."""
    if len(line) > _LONGEST_FRAME_LINE:
        return Kind.ITEM if is_list_item(line) else Kind.PROSE
    words = word_count(line)
    text = _BULLET.sub("", line, count=1).strip()
    if not any(letter.isalnum() for letter in text):
        return Kind.COUNT
    if first_publisher(text):
        return Kind.ORIGIN
    framed = _framed(text) if words <= _LONGEST_PROMPT and len(text) <= _LONGEST_NOTICE else None
    return framed or (Kind.ITEM if is_list_item(line) else _by_shape(line, words))


def word_count(line: str) -> int:
    """How many words the line has; in scripts without spaces, two letters count as one."""
    unspaced = 0 if line.isascii() else len(_UNSPACED.findall(line))
    return len(line.split()) + unspaced // 2


def _is_count(text: str) -> bool:
    return bool(frame_words.COUNTER.fullmatch(text) or frame_words.CLOCK.fullmatch(text)) or _is_sharing(text)


def _is_sharing(text: str) -> bool:
    """Whether nothing is left of a line without the words on share buttons, which often run together."""
    first = next((at for at, letter in enumerate(text) if letter.isalpha()), None)
    if ends_sentence(text) or (first is not None and frame_words.SHARES.match(text, first) is None):
        return False
    return first is None or not any(letter.isalpha() for letter in frame_words.SHARES.sub("", text))


def dated_in(line: str) -> str | None:
    """The publication date that a line states, alone, beside other facts or before a byline."""
    if _YEAR.search(line) is None:
        return None
    return published_in(line) or published_in(date_and_names(line)[0])


def _framed(text: str) -> Kind | None:
    unfinished = not ends_sentence(text)
    return next((kind for kind, looks_it in _FRAMES if looks_it(text, unfinished)), None)


def _is_legal(text: str, unfinished: bool) -> bool:
    return frame_words.LEGAL.match(text) is not None and (unfinished or frame_words.RIGHTS.search(text) is not None)


def _is_prompt(text: str, unfinished: bool) -> bool:
    if unfinished and frame_words.REACHES.search(text[:_LONGEST_CONTACT]):
        return True
    return frame_words.PROMPT.match(text) is not None and (unfinished or speaks_to_reader(text))


def _is_photo_credit(text: str, unfinished: bool) -> bool:
    labelled = frame_words.CREDIT_LABEL.match(text) is not None
    return labelled or (unfinished and frame_words.CREDIT_LINE.fullmatch(text) is not None)


def speaks_to_reader(text: str) -> bool:
    """Whether the line is the page's own voice: you, we, our newsletter."""
    return frame_words.READER.search(text) is not None


def _by_shape(line: str, words: int) -> Kind:
    if is_menu(line):
        return Kind.MENU
    if _ENDS_CUT.search(line):
        return Kind.TEASER
    if ends_sentence(line) or line.endswith((":", ":")):
        return Kind.PROSE if words >= _PROSE_WORDS else Kind.SHORT
    return Kind.PROSE if words > _LONGEST_LABEL else Kind.LABEL


def is_list_item(line: str) -> bool:
    """Whether the line starts with a bullet or a number."""
    return _BULLET.match(line) is not None


def is_menu(line: str) -> bool:
    """Whether the line is a row of links: three or more short parts between separators, or capitals alone."""
    parts = [part for part in _SEPARATED.split(line.strip()) if part]
    if len(parts) < _SEGMENTS:
        return _is_row_of_names(line)
    return all(len(part.split()) <= _LABEL_WORDS and not ends_sentence(part) for part in parts)


def _is_row_of_names(line: str) -> bool:
    """A long line in which every word is capitalised: no headline and no sentence goes on like that."""
    words = line.split()
    named = len(words) >= _ROW_OF_NAMES and all(word[0].isupper() or word in "&/" for word in words)
    return named and not line.isupper() and not any(mark in line for mark in ",:;.?!")


def is_link(line: str) -> bool:
    """Whether the line could be a menu's entry: a few words without figures that end no sentence."""
    text = _BULLET.sub("", line, count=1).strip()
    if any(letter.isdigit() for letter in text):
        return False
    return word_count(text) <= _LINK_WORDS and not ends_sentence(text) and not text.endswith((":", ",", ";"))


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, and not only in an abbreviation ("U.S.")."""
    end = line[-_LINE_END:]
    return _ENDS_SENTENCE.search(end) is not None and _ABBREVIATION.search(end) is None


def first_publisher(line: str) -> str | None:
    """The name in "The post … appeared first on NAME." and its like."""
    found = _FIRST_APPEARED.fullmatch(line)
    name = found["name"].strip() if found else ""
    return name if name[:1].isupper() else None


def authors_in(line: str) -> tuple[str, ...]:
    """The people that a byline names ("By Ann Lee and Bo Ek | July 8, 2025"), or none."""
    line = " ".join(line.split())
    if ends_sentence(line):
        return ()
    date, named = date_and_names(line)
    return signed_by(line) or (named if published_in(date) else ())


# In this order: a counter may name comments, and a prompt may name a related article.
_FRAMES: tuple[tuple[Kind, Callable[[str, bool], object]], ...] = (
    (Kind.COUNT, lambda text, _: _is_count(text)),
    (Kind.LEGAL, _is_legal),
    (Kind.COMMENTS, lambda text, _: frame_words.COMMENTS.fullmatch(text)),
    (Kind.ABOUT, lambda text, _: frame_words.ABOUT.fullmatch(text)),
    (Kind.PROMPT, _is_prompt),
    (Kind.RELATED, lambda text, unfinished: unfinished and frame_words.RELATED.fullmatch(text)),
    (Kind.CREDIT, _is_photo_credit),
    (Kind.DATED, lambda text, _: dated_in(text) or authors_in(text)),
)
