"""The default answerer: the sentences that answer, exactly as their articles have them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.arranging import all_sides, asks_for_change, follows, in_reading_order
from bot.answering.evidence import Candidate, Evidence
from bot.answering.highlight import highlight_of
from bot.answering.pronouns import with_name
from bot.answering.types import Citation, Draft, Sentence
from bot.answering.wording import repeats

KEEP = 0.75  # a further sentence must score at least this share of the best one
READS_ON = 0.08  # what the sentence right after the best one gains


def draft(evidence: Evidence, max_sentences: int) -> Draft:
    """The best sentences, each with the citation it is."""
    chosen = all_sides(_chosen(evidence.candidates, max_sentences), evidence, max_sentences)
    arranged = in_reading_order(chosen, evidence.question)
    citations = tuple(
        Citation(n, one.text, one.span.start, one.span.end, one.passage) for n, one in enumerate(arranged, start=1)
    )
    return Draft(tuple(_sentences(arranged, evidence.question)), citations)


def _sentences(arranged: Sequence[Candidate], question: str) -> Iterator[Sentence]:
    """The candidates as sentences; what is asked for is marked where it first stands, and of what changed, each day."""
    marked, told = False, ""
    for n, one in enumerate(arranged, start=1):
        reads_on = n > 1 and follows(one, arranged[n - 2])
        text = one.text if reads_on else with_name(one.text, one.before)
        day = (one.passage.published or "")[:10]
        if day != told and asks_for_change(question):
            text, told = (f"[{day}] {text}" if day else text), day
        place = None if marked else highlight_of(text, question)
        marked = marked or place is not None
        yield Sentence(text, (n,), "verbatim", place)


def _chosen(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    chosen: list[Candidate] = []
    for candidate in _reading_on(candidates):
        if len(chosen) == limit or candidate.score < KEEP * candidates[0].score:
            break
        if not any(repeats(candidate.text, other.text) for other in chosen):
            chosen.append(candidate)
    return chosen


def _reading_on(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the sentence after the best one lifted: it often finishes the thought."""
    best = next(iter(candidates), None)
    if best is None:
        return []
    lifted = [
        replace(one, score=min(one.score + READS_ON, best.score)) if follows(one, best) else one
        for one in candidates[1:]
    ]
    return [best, *sorted(lifted, key=lambda one: -one.score)]
