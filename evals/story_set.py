"""A labelled set for near-duplicates, made from articles: copies of each one, and texts that only look like copies.

A copy is the story; a follow-up that repeats a third of it, the same text with other figures and a short notice
with one other fact are not.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import UsageError
from corpus.sentences import sentences
from evals import lines
from evals import story_edits as edits

Half = Literal["tuning", "held_out"]

SEED = 1
FOLLOW_UP = "follow_up"
TEMPLATE = "other_figures"
# A notice is its figures; a text with fewer is told by its words.
MIN_FIGURES = 5
MIN_SENTENCE_WORDS = 6
FOLLOW_UP_WORDS = 800
DONORS = 6

OPENINGS = (
    "This article first appeared on the site of one of our partners. Read the full version there.",
    "Good morning. Here is what you need to know about business and trade today.",
    "LISTEN TO THIS ARTICLE. It takes about four minutes. The audio version is read by a machine.",
)
ENDINGS = (
    "Sign up for our weekly newsletter and get the most important stories delivered to your inbox every Friday.",
    "Follow us on social media for more. Have a tip? Write to the newsroom. All rights reserved.",
    "The views in this section are edited for length and clarity. Copyright belongs to the publisher.",
)
BYLINES = ("By Jane Roe and John Doe", "By Staff Reporters, City Wire", "By Our Correspondent in Brussels")
CREDITS = (
    "(Reporting by Jane Roe in Washington and John Doe in Tokyo; editing by Mary Major)",
    "With contributions from the news desk and the wire services.",
)
HEADLINES = (
    "What to know about the latest turn in the trade dispute",
    "Explained: how today's decision changes things for importers",
)


class Source(BaseModel):
    """An article of the file that the set is made from."""

    model_config = ConfigDict(frozen=True)

    url: str = Field(min_length=1)
    title: str = ""
    text: str = Field(min_length=1)
    outlet: str | None = None

    @property
    def half(self) -> Half:
        """Thresholds are chosen on one half of the articles; the other tells whether they hold."""
        return "tuning" if hashlib.sha256(self.url.encode()).digest()[0] % 2 else "held_out"


@dataclass(frozen=True, slots=True)
class Made:
    """A text made from a source, and whether it still is its story."""

    source: Source
    kind: str
    text: str
    same: bool


def load(path: Path) -> list[Source]:
    """The articles of a JSONL file. Raises UsageError that names the line and what is wrong with it."""
    sources = lines.rows(path, Source, "a .jsonl file of articles")
    if len(sources) <= DONORS:
        raise UsageError(f"{path}: it holds {len(sources)} articles; the set needs at least {DONORS + 1}.")
    twice = next((url for url, times in Counter(source.url for source in sources).items() if times > 1), None)
    if twice:
        raise UsageError(f"{path}: the address {twice} occurs twice. Keep one article of each address.")
    return sources


def duplicates(sources: Sequence[Source]) -> set[frozenset[str]]:
    """Pairs of addresses whose articles really are one story: half of the shorter one's sentences or more stand
    word for word in the other. Told without what is measured here."""
    told = {source.url: _plain_sentences(source.text) for source in sources}
    found = set()
    for one, other in combinations(told, 2):
        if 2 * len(told[one] & told[other]) >= min(len(told[one]), len(told[other])) > 0:
            found.add(frozenset((one, other)))
    return found


def _plain_sentences(text: str) -> set[str]:
    found = (text[span.start : span.end].casefold().split() for span in sentences(text))
    return {" ".join(words) for words in found if len(words) >= MIN_SENTENCE_WORDS}


def made_from(sources: Sequence[Source]) -> Iterator[Made]:
    """Every copy and every look-alike of every source, the same every time."""
    for source in sources:
        for kind, steps in COPIES.items():
            yield Made(source, kind, _edited(source, kind, steps), same=True)
        draw = _draw(source, FOLLOW_UP)
        yield Made(source, FOLLOW_UP, _follow_up(source, sources, draw), same=False)
        if edits.figures(source.text) >= MIN_FIGURES:
            text = edits.all_figures_changed(source.text, _draw(source, TEMPLATE))
            yield Made(source, TEMPLATE, text, same=False)
        yield from _notices(source)


def _notices(source: Source) -> Iterator[Made]:
    """The lead as short notices that state something else, one change each; none where there is nothing to change."""
    for kind, change in OTHER_NOTICES.items():
        draw = _draw(source, kind)
        lead = edits.lead(source.text, draw)
        text = change(lead, draw)
        if text != lead:
            yield Made(source, kind, text, same=False)


def _draw(source: Source, kind: str) -> Random:
    return Random(f"{SEED} {kind} {source.url}")  # noqa: S311 - a set has to be repeatable, not secret


def _edited(source: Source, kind: str, steps: Sequence[edits.Edit]) -> str:
    draw, text = _draw(source, kind), source.text
    for step in steps:
        text = step(text, draw)
    return text


def retitled(text: str, draw: Random) -> str:
    """Another headline, left at the top of the text as some pages do."""
    return f"{draw.choice(HEADLINES)}\n\n{text}"


def rebylined(text: str, draw: Random) -> str:
    """Another byline and place in front, credits behind."""
    place = draw.choice(("WASHINGTON (City Wire) - ", "BRUSSELS, Thursday - ", ""))
    return f"{draw.choice(BYLINES)}\n\n{place}{text}\n\n{draw.choice(CREDITS)}"


def boilerplate(text: str, draw: Random) -> str:
    """The outlet's own lines before and after."""
    return f"{draw.choice(OPENINGS)}\n\n{text}\n\n{draw.choice(ENDINGS)}"


COPIES: Mapping[str, Sequence[edits.Edit]] = {
    "exact": (),
    "retitled": (retitled,),
    "rebylined": (rebylined,),
    "boilerplate": (boilerplate,),
    "end_cut": (edits.end_cut,),
    "start_cut": (edits.start_cut,),
    "middle_kept": (edits.middle_kept,),
    "sentences_dropped": (edits.sentences_dropped,),
    "sentences_moved": (edits.sentences_moved,),
    "light_edits": (edits.light_edits,),
    "respelled": (edits.respelled,),
    "corrected": (edits.corrected,),
    "brief": (edits.brief,),
    "brief_rebylined": (edits.brief, rebylined),
    "cut_and_edited": (edits.middle_kept, edits.light_edits, rebylined),
    "everything": (edits.end_cut, edits.sentences_dropped, edits.light_edits, edits.respelled, rebylined, boilerplate),
}

# One of these makes a short text another story; in a long one ("corrected") it is a correction.
OTHER_NOTICES: Mapping[str, edits.Edit] = {
    "short_other_figure": edits.corrected,
    "short_other_day": edits.other_day,
    "short_other_name": edits.other_name,
    "short_turned": edits.turned,
    "short_denied": edits.denied,
}


def _follow_up(source: Source, sources: Sequence[Source], draw: Random) -> str:
    """New sentences of several others, then background: paragraphs of the source, 30 to 40% of the whole."""
    background = _background(source.text, draw)
    old = sum(len(part.split()) for part in background)
    new = int(old / draw.uniform(0.3, 0.4)) - old
    others = draw.sample([other for other in sources if other.url != source.url], DONORS)
    fresh = [_excerpt(other.text, new // DONORS) for other in others]
    return edits.PARAGRAPHS.join([*fresh, *background])


def _background(text: str, draw: Random) -> list[str]:
    """Sentences from behind the opening third, in order, together about a third of a follow-up."""
    found = [text[span.start : span.end] for span in sentences(text)]
    later = found[len(found) // 3 :]
    wanted, taken, words = min(len(text.split()), FOLLOW_UP_WORDS) // 3, set[int](), 0
    for place in draw.sample(range(len(later)), len(later)):
        if words >= wanted:
            break
        taken.add(place)
        words += len(later[place].split())
    return [later[place] for place in sorted(taken)]


def _excerpt(text: str, words: int) -> str:
    """About so many words from behind the opening quarter, where briefs do not reach."""
    found = text.split()
    start = len(found) // 4
    return " ".join(found[start : start + words])
