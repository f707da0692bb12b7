"""Dangling markers: of the markers `[n]` in an answer's text, those that name no citation of it. None should."""

import re
from dataclasses import replace

from bot.answering.types import Sentence, marked
from evals.case import NOTHING, Case, Score
from evals.figure import Figure

FIGURES = (
    Figure(
        "dangling_markers",
        "Markers that lead nowhere",
        "Of all [n] in answers, those without a source n.",
        falling=True,
    ),
)
MARKER = re.compile(r"\[(\d+)\]")


def scores(case: Case) -> dict[str, Score]:
    """`dangling_markers`, by marker; a refusal has none."""
    if case.answer.refusal:
        return {"dangling_markers": NOTHING}
    known = {citation.n for citation in case.answer.citations}
    found = [int(n) for one in case.answer.sentences for n in MARKER.findall(_marked(one))]
    return {"dangling_markers": (sum(n not in known for n in found), len(found))}


def _marked(sentence: Sentence) -> str:
    """A sentence with its markers; an article's own words may hold such a thing, and it is no marker there."""
    return marked(sentence if sentence.support == "verified" else replace(sentence, text=""))
