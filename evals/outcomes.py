"""What became of a question, in one word that a reader can sort by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.results import Result

RIGHT = "right"
PARTLY = "partly right"
WRONG = "wrong"
REFUSED_WRONGLY = "refused, had an answer"
REFUSED_RIGHTLY = "refused, rightly"
ANSWERED_WRONGLY = "answered, had none"
# Best first: a question that moves to the left got better.
ORDER = (RIGHT, REFUSED_RIGHTLY, PARTLY, REFUSED_WRONGLY, WRONG, ANSWERED_WRONGLY)
RANK = {RIGHT: 3, REFUSED_RIGHTLY: 3, PARTLY: 2, REFUSED_WRONGLY: 1, WRONG: 0, ANSWERED_WRONGLY: 0}


def outcome(result: Result) -> str:
    """Right: all evidence is cited and the must-includes are met. Partly: some evidence is cited, or these are met."""
    if not result.answerable:
        return REFUSED_RIGHTLY if result.refused else ANSWERED_WRONGLY
    if result.refused:
        return REFUSED_WRONGLY
    scores = result.scores
    # A question without must-includes has nothing there to miss.
    said, cited = scores.get("must_include") != 0, scores.get("evidence_cited") == 1
    if said and cited:
        return RIGHT
    met = bool(scores.get("must_include")) or bool(scores.get("evidence_any_cited"))
    return PARTLY if met else WRONG
