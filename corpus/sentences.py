"""Where sentences begin and end in English news prose, as exact spans of the text.

A sentence never crosses a line break. A full stop ends one unless it belongs to an abbreviation, an initial,
a number or an ellipsis that goes on; closing quotes and brackets stay with the sentence that they close.
The full stops of other scripts end one too; Chinese and Japanese put no space after theirs.
"""

import re

from corpus.types import Span

# Titles and the like: what follows them is the name they belong to.
BEFORE_A_NAME = frozenset(
    "mr mrs ms dr prof gov sen sens rep reps pres gen col lt capt sgt adm hon rev st mt ft messrs supt maj "
    "amb sec no nos art vs v cf al fig op vol".split()
)
# These end a sentence only when what follows does not read on as the same one.
MAYBE_LAST = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec inc ltd corp co bros jr sr plc u.s u.k u.n e.u d.c p.m a.m "
    "etc approx est dept".split()
)
MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
# Words that open a sentence far more often than they go on after "U.S." or "Inc.".
OPENERS = frozenset(
    "the a an in on at but and or it its he she they we i this that these those there when while after before "
    "if as for from with by to however meanwhile according officials what why how who his her their our "
    "some many most last earlier since under although despite because so then now both".split()
)

# Possessive and never begun inside a run of stops: a line of a million stops is read once.
BREAK = re.compile(
    r"""(?<![.!?…؟۔।])[.!?…؟۔।]++["'”’»)\]]*+(?=\s)"""
    r"""|(?<![。！？])[。！？]++(?:[」』”）]++(?=\s)|(?![」』”）]))"""
)
WORD_BEFORE = re.compile(r"[\w.]+$")
NEXT_WORD = re.compile(r"""\s+["'“‘(\[]*([\w'’]*)""")


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """Spans of the sentences of `text` (or of one part of it), in order, without surrounding white space."""
    part = within or Span(0, len(text))
    spans: list[Span] = []
    for start, end in _lines(text, part):
        first = start
        cased = any(map(str.isupper, text[start:end]))
        for match in BREAK.finditer(text, start, end):
            if _ends_sentence(text, match, end, cased=cased):
                spans.append(_strip(text, first, match.end()))
                first = match.end()
        spans.append(_strip(text, first, end))
    return [span for span in spans if span.end > span.start]


def _lines(text: str, part: Span) -> list[tuple[int, int]]:
    lines, start = [], part.start
    for match in re.finditer(r"\n+", text[part.start : part.end]):
        lines.append((start, part.start + match.start()))
        start = part.start + match.end()
    return [*lines, (start, part.end)]


def _ends_sentence(text: str, match: re.Match[str], end: int, *, cased: bool) -> bool:
    """Whether the stop ends a sentence. A small letter after it reads on, unless the line has no capitals at all."""
    following = NEXT_WORD.match(text, match.end(), end)
    word = following.group(1) if following else ""
    if cased and word[:1].islower():
        return False
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    before = WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    return _stop_ends_sentence((before.group() if before else "").lower(), word)


def _stop_ends_sentence(before: str, following: str) -> bool:
    """Whether a full stop after the word `before` ends a sentence when `following` comes next."""
    if before in BEFORE_A_NAME or (len(before) == 1 and before.isalpha() and before != "i"):
        return False
    if before in MONTHS and following[:1].isdigit():
        return False
    if before in MAYBE_LAST or re.fullmatch(r"(?:[a-z]\.)+[a-z]", before):
        return following.lower() in OPENERS
    return True


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
