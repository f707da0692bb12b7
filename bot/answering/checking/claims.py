"""The checks of one written sentence against the passages that it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.checking.certainty import overstated
from bot.answering.checking.days import days
from bot.answering.checking.days import is_said_by as day_is_said_by
from bot.answering.checking.names import missing_names
from bot.answering.checking.polarity import turned
from bot.answering.checking.quantities import quantities
from bot.answering.checking.support import SHORT, clauses, content, share_held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.checking.support import Clause
    from corpus.types import Passage

LEAST_SHARE = 0.4  # of a claim's words
FEW = 3
LEAST_CLAUSE = 0.25  # of a part's words


@dataclass(frozen=True, slots=True)
class Problem:
    """What the passages do not bear out, and the words that say it."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class _Sources:
    texts: list[str]
    about: str
    published: list[str]

    @property
    def whole(self) -> str:
        return "\n".join([*self.texts, self.about])


def problems(claim: str, passages: Sequence[Passage]) -> list[Problem]:
    """What speaks against a claim: nothing, when its passages bear it out."""
    sources = _Sources(
        [passage.text for passage in passages],
        "\n".join(filter(None, (part for one in passages for part in (one.title, one.outlet, one.publisher)))),
        [passage.published or "" for passage in passages],
    )
    parts = clauses(claim, sources.texts)
    return [
        *(Problem("number", words) for words in _new_quantities(claim, sources.whole)),
        *(Problem("date", words) for words in _new_days(claim, sources)),
        *(Problem("name", word) for word in missing_names(claim, sources.whole)),
        *(problem for part in parts for problem in _in_clause(part, sources)),
        *([Problem("support", claim)] if share_held(claim, sources.texts) < LEAST_SHARE else []),
    ]


def _in_clause(part: Clause, sources: _Sources) -> Iterator[Problem]:
    """What a part of the claim says otherwise than the sentences nearest to it."""
    beside = f"{part.around} {sources.about}"
    yield from (Problem("name", word) for word in missing_names(part.text, beside, sources.whole))
    yield from (Problem("direction", word) for word in turned(part.text, part.near))
    yield from (Problem("certainty", word) for word in overstated(part.text, part.near))
    if len(content(part.text)) >= SHORT and part.share < LEAST_CLAUSE:
        yield Problem("support", part.text)


def _new_quantities(claim: str, source: str) -> list[str]:
    """Quantities of the claim that the source does not have. "One" and "two" are hardly ever meant as figures."""
    told = quantities(source)
    return [
        claim[one.start : one.end]
        for one in quantities(claim)
        if not one.is_said_by(told) and (one.unit or one.value > FEW or claim[one.start].isdigit())
    ]


def _new_days(claim: str, sources: _Sources) -> list[str]:
    told, when = days(sources.whole), [day for text in sources.published for day in days(text[:10])]
    return [claim[day.start : day.end] for day in days(claim) if not day_is_said_by(day, told, when)]
