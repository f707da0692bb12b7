"""Right sentences with the passages that bear them out, and the same sentences made wrong."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.sentences import sentences
from corpus.types import Span
from evals.claims.corruptions import KINDS, PERSON, Others, corrupted
from evals.spans import Located, Texts, groups, overlaps
from evals.statistics.intervals import SEED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.types import Passage, Version
    from evals.sets import Row

FEWEST_WORDS = 4
CLAUSE_WORDS = (5, 14)  # fewest and most, of an invention
MOVED = "moved"
ROUNDS = 3  # times that each kind is drawn of each sentence; the same draw twice counts once


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with the passages that it cites; `kind` is how it was corrupted, "" for a right one."""

    kind: str
    text: str
    passages: tuple[Passage, ...]


def right(rows: Sequence[Row], passages: Mapping[str, Sequence[Passage]], versions: Iterable[Version]) -> list[Claim]:
    """The sentences of the right answers, each citing all passages in which a gold quote of its question stands."""
    texts = Texts({version.article.url: version.article.text for version in versions})
    claims = []
    for row in rows:
        quotes = [quote for group in groups(row.evidence, texts) for quote in group]
        cited = tuple(dict.fromkeys(one for quote in quotes for one in _holding(quote, passages[quote.url])))
        if row.answerable and cited:
            claims += [Claim("", text, cited) for text in _split(row.answer)]
    return claims


def wrong(claims: Sequence[Claim]) -> list[Claim]:
    """The claims corrupted in every way that each allows."""
    draw = random.Random(SEED)  # noqa: S311 - a seeded draw is what is wanted
    others = Others(_names(claims), _clauses(claims))
    made = dict[tuple[str, str, str], Claim]()
    for claim in claims:
        for kind in KINDS:
            for _ in range(ROUNDS):
                text = corrupted(kind, claim.text, others, draw)
                if text is not None and text != claim.text:
                    made.setdefault((kind, claim.text, text), Claim(kind, text, claim.passages))
        if others_passages := _elsewhere(claim, claims, draw):
            made[MOVED, claim.text, ""] = Claim(MOVED, claim.text, others_passages)
    return list(made.values())


def by_url(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    """Passages by their article's address."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[passage.url].append(passage)
    return found


def _holding(quote: Located, passages: Sequence[Passage]) -> list[Passage]:
    return [one for one in passages if overlaps(quote, Located(one.url, Span(one.start, one.end)), 0.5)]


def _split(answer: str) -> list[str]:
    parts = (answer[span.start : span.end] for span in sentences(answer))
    return [part for part in parts if len(part.split()) >= FEWEST_WORDS]


def _names(claims: Sequence[Claim]) -> list[str]:
    return sorted({name for claim in claims for name in PERSON.findall(claim.text)})


def _clauses(claims: Sequence[Claim]) -> list[str]:
    """Short enough sentences of the answers, to be added to others."""
    fewest, most = CLAUSE_WORDS
    short = {claim.text.rstrip(".") for claim in claims if fewest <= len(claim.text.split()) <= most}
    return sorted(text[0].lower() + text[1:] for text in short if ":" not in text)


def _elsewhere(claim: Claim, claims: Sequence[Claim], draw: random.Random) -> tuple[Passage, ...]:
    """The passages of another question, on no article of its own; none when there is no such question."""
    own = {passage.url for passage in claim.passages}
    others = [one.passages for one in claims if not own & {passage.url for passage in one.passages}]
    return draw.choice(others) if others else ()
