"""What a reranker says about one passage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_STARTS: NDArray[np.int32] = np.empty(0, np.int32)
NO_SCORES: NDArray[np.float32] = np.empty(0, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """How well a passage answers a question.

    `score` is a logit, higher is better; of the built-in reranker, 0 is where an answer begins. `tokens` has a logit
    for each token of the passage that was read, and `starts` the character of the passage's text where it begins; both
    are empty for models that judge whole passages only.
    """

    score: float
    starts: NDArray[np.int32] = field(default_factory=lambda: NO_STARTS)
    tokens: NDArray[np.float32] = field(default_factory=lambda: NO_SCORES)

    def of(self, start: int, end: int) -> float | None:
        """The mean logit of the tokens within [start, end) of the passage's text; None when none was read there."""
        inside = self.tokens[(self.starts >= start) & (self.starts < end)]
        return float(inside.mean()) if inside.size else None
