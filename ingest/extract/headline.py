"""Which line of a saved page is the article's headline, and which lines sign and date it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract.lines import SENTENCES, Kind, is_list_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.extract.page_lines import Line


_HEAD_LINES = 8
_FEWEST_TITLE_WORDS = 2
_ENOUGH_TITLE_WORDS = 8
_MOST_TITLE_WORDS = 30
_LONGEST_TITLE = 200
_WORD = re.compile(r"\w+")
_LONG_WORD = 4
# A headline is this near to where the prose starts, in lines; a deck or a notice can come before it.
_TITLE_ABOVE = 60
_TITLE_BELOW = 20
_UPDATED = re.compile(r"(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)


def title_at(lines: Sequence[Line], start: int, end: int) -> int:
    """The index of the headline, -1 when no line over the prose can be one."""
    prose = {word for line in lines[start:end] if line.kind is Kind.PROSE for word in _long_words(line.text)}
    scored = [(_title_score(lines, i, start, prose), i) for i in _near(start, end) if _can_be_title(lines[i])]
    best = max(scored, default=(0.0, -1))
    return best[1] if best[0] > 0 else -1


def _near(start: int, end: int) -> range:
    return range(max(start - _TITLE_ABOVE, 0), min(start + _TITLE_BELOW, end))


def _long_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if len(word) >= _LONG_WORD}


def _can_be_title(line: Line) -> bool:
    words = len(line.text.split())
    if is_list_item(line.text) and line.shape is not Kind.LABEL:
        return False
    # Search engines and feeds cut headlines short ("Ministers leave without ...").
    asks = line.kind in SENTENCES and line.text.endswith(("?", "!"))
    if line.text.endswith((",", ":", ";")) or _UPDATED.match(line.text):
        return False
    shaped = line.shape in {Kind.LABEL, Kind.TEASER} or asks
    return shaped and _FEWEST_TITLE_WORDS <= words <= _MOST_TITLE_WORDS and len(line.text) <= _LONGEST_TITLE


def _title_score(lines: Sequence[Line], at: int, start: int, prose: set[str]) -> float:
    """How much a line looks like the headline: on the prose's subject, near it, dated, repeated, long."""
    text, named = lines[at].text, _long_words(lines[at].text)
    words = len(text.split())
    about = len(named & prose) / len(named) if named else 0
    said_again = any(i != at and _says(line.text, text) for i, line in enumerate(lines))
    dated = any(line.kind is Kind.DATED for line in under_headline(lines, at + 1))
    near = -abs(start - at) / 10 if at < start else -_prose_words(lines[start:at]) / 10
    cut = lines[at].shape is Kind.TEASER
    score = near + 4 * about + 3 * dated + min(words, _ENOUGH_TITLE_WORDS) / 2 - 3 * cut
    return score + 4 * (said_again and words > _FEWEST_TITLE_WORDS)


def _says(line: str, headline: str) -> bool:
    """Whether a line repeats the headline: alone, before a site's name, in "The post … appeared first"."""
    return line == headline or line.startswith(
        (f"{headline} |", f"{headline} -", f"{headline} –", f"The post {headline} ")
    )


def under_headline(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """The few lines from `at` on that can sign and date a headline; one paragraph of them is a standfirst."""
    prose = 0
    for line in lines[at : at + _HEAD_LINES]:
        prose += line.kind is Kind.PROSE
        if prose > 1:
            return
        yield line


def _prose_words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines if line.kind in SENTENCES)
