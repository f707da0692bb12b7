"""In which order an answer's sentences are read: as they follow each other, side by side, or in time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.asking.sides import sides
from corpus.lexical import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Candidate, Evidence

# "They ...", "Cars above that number ...": understood only after the sentence before.
LEANS_BACK = re.compile(
    r"[\"“‘(]*(?:(?:They|He|She|It|This|That|These|Those|Such|His|Her|Their|Its)\b"
    r"|(?:\S+ ){1,3}(?:that|those|these|this|such) \w+)"
)
CHANGED = r"(?:chang|mov|shift|climb|evolv|develop|gone|grown|fallen|risen)\w*"
OVER_TIME = (
    r"timeline|walk me th\w+|over time|step by step|before and after|then and now|what(?:['’]s| has| have)? changed"
)
CHANGE = re.compile(
    rf"\bhow (?:has|have|did|far|much)\b.{{1,80}}\b{CHANGED}\b|\b(?:{OVER_TIME})\b"
    r"|\bchanged? (?:its|their|his|her) (?:call|mind|view)\b|\bfrom .{2,40} (?:up )?to the\b",
    re.IGNORECASE,
)
PARAGRAPH_GAP = 2  # characters between two sentences that follow each other, a blank line at most
LEAST = 0.55  # of the best score, for the first sentence of a side that would else have none


def asks_for_change(question: str) -> bool:
    """Whether a question asks how something went on, so that its answer reads in the order of time."""
    return CHANGE.search(question) is not None


def all_sides(chosen: Sequence[Candidate], evidence: Evidence, limit: int) -> list[Candidate]:
    """The chosen sentences with at least one for each side of a comparison, as far as there are any good ones."""
    kept = list(chosen)
    for own in _own_terms(evidence.question):
        if any(_has(one, own) for one in kept):
            continue
        enough = (one for one in evidence.candidates if kept and one.score >= LEAST * kept[0].score)
        best = next((one for one in enough if _has(one, own) and one not in kept), None)
        if best is not None:
            kept = [*kept[: limit - 1], best]
    return kept


def in_reading_order(chosen: Sequence[Candidate], question: str) -> list[Candidate]:
    """Best first, but what continues a chosen sentence stands after it, and what one leans on, before it; what is of
    one story stands together. Sides of a comparison stand one after the other, and what changed, in order of time."""
    runs = _runs(chosen)
    stories = list(dict.fromkeys(run[0].passage.story for run in runs))
    runs.sort(key=lambda run: stories.index(run[0].passage.story))
    if asks_for_change(question):
        runs.sort(key=lambda run: (run[0].passage.published or "9999")[:10])
    own = _own_terms(question)
    if own:
        runs.sort(key=lambda run: _side_of(run[0], own))
    return [one for run in runs for one in run]


def _runs(chosen: Sequence[Candidate]) -> list[list[Candidate]]:
    runs: list[list[Candidate]] = []
    for one in chosen:
        before = next((run for run in runs if follows(one, run[-1])), None)
        after = next((run for run in runs if follows(run[0], one) and LEANS_BACK.match(run[0].text)), None)
        if before is not None:
            before.append(one)
        elif after is not None:
            after.insert(0, one)
        else:
            runs.append([one])
    return runs


def follows(one: Candidate, other: Candidate) -> bool:
    """Whether one sentence stands right after the other in its article."""
    gap = one.span.start - other.span.end
    return one.passage.article_id == other.passage.article_id and 0 <= gap <= PARAGRAPH_GAP


def _own_terms(question: str) -> list[frozenset[str]]:
    """The terms that only one side of a comparison has, side by side; [] when nothing is compared."""
    found = [frozenset(terms(side)) for side in sides(question)]
    common = frozenset[str]().union(*(one & other for one in found for other in found if one is not other))
    own = [one - common for one in found]
    return own if own and all(own) else []


def _side_of(candidate: Candidate, own: Sequence[frozenset[str]]) -> int:
    """The side that the sentence names first; sentences that name none stand last."""
    said = terms(candidate.text)
    return next((at for word in said for at, words in enumerate(own) if word in words), len(own))


def _has(candidate: Candidate, words: frozenset[str]) -> bool:
    return not words.isdisjoint(terms(candidate.text))
