"""Two runs over the same questions: which figures moved, whether by more than chance, and which questions flipped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError
from evals.measures import FIGURES
from evals.outcomes import RANK, outcome
from evals.results import untimed
from evals.statistics.shares import OVERALL, Share
from evals.statistics.significance import Difference, differences
from evals.summary import counts, summarised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evals.results import Result

LEVEL = 0.05  # p below it is called more than chance


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure in both runs. `better` says which way it went; None when it did not move."""

    name: str
    first: Share
    second: Share
    difference: Difference

    @property
    def better(self) -> bool | None:
        """Whether the second run is better, None when they are equal."""
        if self.difference.value == 0:
            return None
        return (self.difference.value > 0) is not FIGURES[self.name].falling

    @property
    def significant(self) -> bool:
        """Whether chance would seldom do this."""
        return self.difference.p < LEVEL


@dataclass(frozen=True, slots=True)
class Flip:
    """A question with another outcome than before."""

    id: str
    type: str
    question: str
    before: str
    after: str

    @property
    def better(self) -> bool | None:
        """Whether it got better, None when it is neither better nor worse."""
        rise = RANK[self.after] - RANK[self.before]
        return None if rise == 0 else rise > 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of the questions that both runs have. `identical` when all their lines are equal but for times."""

    questions: int
    only_first: list[str]
    only_second: list[str]
    altered: list[str]
    moved: list[Moved]
    flips: list[Flip]
    identical: bool

    def document(self) -> dict[str, Any]:
        """As `accord eval compare --json` prints it."""
        return {
            "questions": self.questions,
            "only_first": self.only_first,
            "only_second": self.only_second,
            "altered": self.altered,
            "identical": self.identical,
            "metrics": {one.name: {**asdict(one), "better": one.better} for one in self.moved},
            "flips": [{**asdict(one), "better": one.better} for one in self.flips],
        }


def compared(first: Sequence[Result], second: Sequence[Result]) -> Comparison:
    """The second run beside the first. Raises UsageError when they have no question in common."""
    before, after = {one.id: one for one in first}, {one.id: one for one in second}
    # The same id with another question or other gold is another question: it would compare nothing.
    altered = [id_ for id_ in before if id_ in after and _asked(before[id_]) != _asked(after[id_])]
    shared = [id_ for id_ in before if id_ in after and id_ not in set(altered)]
    if not shared:
        raise UsageError("The two results have no question in common. Name two runs of the same set.")
    pairs = [(before[id_], after[id_]) for id_ in shared]
    return Comparison(
        questions=len(shared),
        only_first=[id_ for id_ in before if id_ not in after],
        only_second=[id_ for id_ in after if id_ not in before],
        altered=altered,
        moved=_moved([one for one, _ in pairs], [other for _, other in pairs]),
        flips=list(_flips(pairs)),
        identical=len(shared) == len(before) == len(after) and all(untimed(a) == untimed(b) for a, b in pairs),
    )


def _asked(result: Result) -> tuple[object, ...]:
    return result.question, result.gold


def _moved(first: Sequence[Result], second: Sequence[Result]) -> list[Moved]:
    one, other = summarised(first, lambda _: ()), summarised(second, lambda _: ())
    found = zip(FIGURES, differences(counts(first), counts(second)), strict=True)
    return [
        Moved(name, before, after, difference)
        for name, difference in found
        if difference and (before := one[name][OVERALL]) and (after := other[name][OVERALL])
    ]


def _flips(pairs: Iterable[tuple[Result, Result]]) -> Iterable[Flip]:
    for before, after in pairs:
        was, now = outcome(before), outcome(after)
        if was != now:
            yield Flip(after.id, after.type, after.question, was, now)
