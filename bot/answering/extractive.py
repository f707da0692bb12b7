"""The default answerer: the sentences that answer, exactly as their articles have them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.evidence import Candidate, Evidence
from bot.answering.highlight import highlight_of
from bot.answering.types import Citation, Draft, Sentence
from bot.answering.wording import says_the_same

KEEP = 0.8  # a further sentence must score at least this share of the best one
READS_ON = 0.08  # what the sentence right after the best one gains
# "They ...", "Cars above that number ...": understood only after the sentence before.
LEANS_BACK = re.compile(
    r"[\"“‘(]*(?:(?:They|He|She|It|This|That|These|Those|Such|His|Her|Their|Its)\b"
    r"|(?:\S+ ){1,3}(?:that|those|these|this|such) \w+)"
)
PARAGRAPH_GAP = 2  # characters between two sentences that follow each other, a blank line at most


def draft(evidence: Evidence, max_sentences: int) -> Draft:
    """The best sentences, each with the citation it is."""
    chosen = _in_reading_order(_chosen(evidence.candidates, max_sentences))
    citations = tuple(
        Citation(n, one.text, one.span.start, one.span.end, one.passage) for n, one in enumerate(chosen, start=1)
    )
    return Draft(tuple(_sentences(citations, evidence.question)), citations)


def _sentences(citations: Sequence[Citation], question: str) -> Iterator[Sentence]:
    """The citations as sentences; what is asked for is marked where it first stands."""
    marked = False
    for citation in citations:
        place = None if marked else highlight_of(citation.quote, question)
        marked = marked or place is not None
        yield Sentence(citation.quote, (citation.n,), "verbatim", place)


def _chosen(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in _reading_on(candidates):
        if len(chosen) == limit or candidate.score < KEEP * candidates[0].score:
            break
        if not any(says_the_same(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return chosen


def _reading_on(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the sentence after the best one lifted: it often finishes the thought."""
    best = next(iter(candidates), None)
    if best is None:
        return []
    lifted = [
        replace(one, score=min(one.score + READS_ON, best.score)) if _follows(one, best) else one
        for one in candidates[1:]
    ]
    return [best, *sorted(lifted, key=lambda one: -one.score)]


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Best first, but what continues a chosen sentence stands after it, and what one leans on, before it; what is of
    one story stands together."""
    runs: list[list[Candidate]] = []
    for one in chosen:
        before = next((run for run in runs if _follows(one, run[-1])), None)
        after = next((run for run in runs if _follows(run[0], one) and LEANS_BACK.match(run[0].text)), None)
        if before is not None:
            before.append(one)
        elif after is not None:
            after.insert(0, one)
        else:
            runs.append([one])
    stories = list(dict.fromkeys(run[0].passage.story for run in runs))
    runs.sort(key=lambda run: stories.index(run[0].passage.story))
    return [one for run in runs for one in run]


def _follows(one: Candidate, other: Candidate) -> bool:
    gap = one.span.start - other.span.end
    return one.passage.article_id == other.passage.article_id and 0 <= gap <= PARAGRAPH_GAP
