"""What the ranking metrics share: the ranked list of a question and what in it is relevant, for ir-measures.

`passage`: the ranked passages, those relevant in which at least half of a gold quote stands. `story`: the stories of
these passages, each where its first passage ranks; relevant are those of the gold articles, whichever copy was found.
The arithmetic is that of ir-measures (MacAvaney, Macdonald and Ounis, "Streamlining Evaluation with ir-measures",
ECIR 2022), which asks trec_eval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evals.case import NOTHING
from evals.figure import Figure
from evals.gold import stories_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ir_measures.measures import Measure

    from evals.case import Case, Score

LEVELS = {"passage": "passages", "story": "stories"}


def figures(stem: str, depths: Iterable[int], title: str, meaning: str, *, mean: bool = True) -> tuple[Figure, ...]:
    """A figure for each level and depth; `{things}` and `{k}` in the texts become those of it."""
    return tuple(
        Figure(
            f"{level}_{stem}_at_{k}",
            title.format(things=things, k=k),
            meaning.format(things=things, k=k),
            mean=mean,
        )
        for level, things in LEVELS.items()
        for k in depths
    )


def scored(case: Case, stem: str, measures: Mapping[int, Measure]) -> dict[str, Score]:
    """A question's values by figure, from the measure of each depth; nothing for one without evidence."""
    return {
        f"{level}_{stem}_at_{k}": (value, 1) if case.row.evidence else NOTHING
        for level in LEVELS
        for k, value in _values(case, level, measures).items()
    }


def _values(case: Case, level: str, measures: Mapping[int, Measure]) -> dict[int, float]:
    from ir_measures import Qrel, ScoredDoc, iter_calc

    passages = [hit.passage for hit in case.hits]
    ranked = [one.id for one in passages] if level == "passage" else stories_of(passages)
    relevant = case.gold.passages if level == "passage" else case.gold.stories
    wanted = [Qrel(case.row.id, one, 1) for one in sorted(relevant)]
    given = [ScoredDoc(case.row.id, one, float(len(ranked) - place)) for place, one in enumerate(ranked)]
    if not wanted or not given:
        return dict.fromkeys(measures, 0.0)
    found = {metric.measure: float(metric.value) for metric in iter_calc(list(measures.values()), wanted, given)}
    return {k: found.get(measure, 0.0) for k, measure in measures.items()}
