"""What the articles say of a topic, in the order of time: one dated sentence after the other, each with its source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.checking.polarity import tells_of_change, turned
from bot.answering.evidence import weigh
from bot.answering.types import Citation, Draft, Sentence
from bot.answering.verify import verified
from bot.answering.wording import repeats
from corpus.lexical import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answering.evidence import Candidate
    from corpus.search import Searcher
    from corpus.types import Filters, Passage

DEPTH = 40  # passages that a timeline draws on
MOST = 12  # entries
MOST_OF_ONE = 2  # entries of one article
KEEP = 0.5  # share of the best sentence's score that the last one has to have
CHANGES = 0.15  # what a sentence gains in a list of changes when it tells of one


@dataclass(frozen=True, slots=True)
class Entry:
    """What an article of a day says."""

    day: str
    sentence: Sentence
    citation: Citation


def timeline(
    topic: str, filters: Filters, searcher: Searcher, off_topic_floor: float, *, changes: bool = False
) -> list[Entry]:
    """At most MOST entries on a topic, oldest first; with `changes`, such as tell of a change come before others.

    Articles of an unknown day have no place in it, and where no passage comes as near to the topic (cosine) as
    `off_topic_floor`, there is nothing. Raises StoreError when the store cannot be searched.
    """
    hits = searcher.search(topic, DEPTH, filters).hits
    if max((hit.dense for hit in hits), default=0.0) < off_topic_floor:
        return []
    found = [one for one in weigh(topic, hits, searcher).candidates if one.passage.published and _stands_alone(one)]
    chosen = _chosen([_lifted(one) for one in found] if changes else found)
    chosen.sort(key=lambda one: (_day(one.passage), one.passage.article_id, one.span.start))
    return _entries(chosen, searcher)


def _day(passage: Passage) -> str:
    return (passage.published or "")[:10]


def _stands_alone(one: Candidate) -> bool:
    """Not a question, nor a part of a quotation that goes on elsewhere."""
    return not one.text.endswith("?") and one.text.count("“") == one.text.count("”")


def _lifted(one: Candidate) -> Candidate:
    tells = any(tells_of_change(word) for word in terms(one.text))
    return replace(one, score=one.score + CHANGES) if tells else one


def _chosen(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best sentences, no two of which say the same, and few of one article."""
    chosen: list[Candidate] = []
    of_article: Counter[str] = Counter()
    ranked = sorted(candidates, key=lambda one: (-one.score, one.passage.id, one.span.start))
    for one in ranked:
        if len(chosen) == MOST or one.score < KEEP * ranked[0].score:
            break
        if of_article[one.passage.article_id] < MOST_OF_ONE and not any(_is_told(one, other) for other in chosen):
            chosen.append(one)
            of_article[one.passage.article_id] += 1
    return chosen


def _is_told(one: Candidate, other: Candidate) -> bool:
    """Whether the other entry says the same: not with another figure, nor the other way round."""
    return repeats(one.text, other.text) and not turned(one.text, other.text)


def _entries(chosen: Sequence[Candidate], searcher: Searcher) -> list[Entry]:
    citations = tuple(
        Citation(n, one.text, one.span.start, one.span.end, one.passage) for n, one in enumerate(chosen, start=1)
    )
    sentences = tuple(Sentence(one.quote, (one.n,), "verbatim") for one in citations)
    held = verified(Draft(sentences, citations), searcher.catalogue)
    by_number = {one.n: one for one in held.citations}
    return [
        Entry(_day(by_number[n].passage), sentence, by_number[n])
        for sentence in held.sentences
        for n in sentence.citations
    ]
