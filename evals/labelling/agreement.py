"""What people said of a run's answers, and how far its metrics, and its judge, say the same.

Cohen, "A Coefficient of Agreement for Nominal Scales" (1960): kappa is 1 for full agreement, 0 for that of chance.
"""

from __future__ import annotations

import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

from evals.labelling.labels import VERDICTS
from evals.outcomes import PARTLY, REFUSED_RIGHTLY, RIGHT, outcome
from evals.statistics.shares import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.labelling.labels import Verdict
    from evals.results import Result

OF_OUTCOME: dict[str, Verdict] = {RIGHT: "right", REFUSED_RIGHTLY: "right", PARTLY: "partly"}
OF_SCORE: dict[float, Verdict] = {1.0: "right", 0.5: "partly", 0.0: "wrong"}


def agreement(results: Sequence[Result], verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    """Counts by verdict, and agreement with the outcomes and the judge's verdicts on what was labelled."""
    labelled = [result for result in results if result.id in verdicts]
    counted = Counter(verdicts[result.id] for result in labelled)
    said = [(verdicts[result.id], result) for result in labelled]
    judged = [(verdict, score) for verdict, one in said if (score := one.scores.get("judged_right")) is not None]
    return {
        "questions": len(results),
        "labelled": len(labelled),
        **{name: counted[name] for name in VERDICTS},
        "metrics": _agreeing([(verdict, OF_OUTCOME.get(outcome(one), "wrong")) for verdict, one in said]),
        "judge": _agreeing([(verdict, OF_SCORE.get(score, "wrong")) for verdict, score in judged]),
    }


def _agreeing(pairs: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """How many of the pairs are the same, with Wilson's 95% interval, and kappa; None where there are none."""
    found = share(sum(one == other for one, other in pairs), len(pairs))
    if found is None:
        return None
    return {"agree": found.met, "of": found.counted, "low": found.low, "high": found.high, "kappa": _kappa(pairs)}


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """None where both always say the same word: chance would agree as fully."""
    from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped] # it ships no types

    if len({word for pair in pairs for word in pair}) == 1:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return round(float(cohen_kappa_score(*zip(*pairs, strict=True), labels=list(VERDICTS))), 4)
