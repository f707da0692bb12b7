"""How likely it is that what was found answers the question: a logistic model over a few signals of the search.

The weights and the floor are fitted on labelled questions by `python -m training.calibrate` and stored beside the
reranker that they belong to (Platt, "Probabilistic Outputs for Support Vector Machines", 1999).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.rarity import rarity, share
from corpus.sentences import sentences
from corpus.term_index import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.catalogue.reader import Snapshot
    from corpus.types import Hit

SHIPPED = Path(__file__).parent / "reranking/weights/calibration.json"
STRONGEST = 5  # hits whose words count as covered, and whose sentences are looked at
MOST = 50.0  # logits beyond it change no probability and would overflow


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search says about whether it found an answer; higher is better for each.

    `best` is the reranker's best logit, `evidence` the log of the summed exponentials of all its logits (0 is what
    "nothing found" weighs), `closeness` the best cosine, `coverage` the share, by rarity, of the question's words that
    the best passages hold, `sentence` the best logit that the reranker gives to a sentence of these.
    """

    best: float
    evidence: float
    closeness: float
    coverage: float
    sentence: float

    def vector(self) -> tuple[float, ...]:
        """The signals in the order of a calibration's weights."""
        return (self.best, self.evidence, self.closeness, self.coverage, self.sentence)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the signals. Below the probability `floor` a question is refused."""

    weights: tuple[float, ...]
    bias: float
    floor: float

    def probability(self, signals: Signals) -> float:
        """Probability (0..1) that the question is answered by what was found."""
        logit = self.bias + sum(w * x for w, x in zip(self.weights, signals.vector(), strict=True))
        return 1 / (1 + math.exp(-max(-MOST, min(MOST, logit))))


@dataclass(frozen=True, slots=True)
class Calibrations:
    """One for what the built-in reranker has judged, and one for what was only fused."""

    judged: Calibration
    fused: Calibration

    def dump(self, path: Path = SHIPPED) -> None:
        """Write them as JSON, by default where they ship."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


@cache
def calibrations() -> Calibrations:
    """Those that ship with the built-in reranker."""
    stored = json.loads(SHIPPED.read_text("utf-8"))
    judged, fused = (
        Calibration(tuple(one["weights"]), one["bias"], one["floor"]) for one in (stored["judged"], stored["fused"])
    )
    return Calibrations(judged, fused)


def signals_of(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> Signals:
    """The signals of the hits, best first, that a search found for the question; all 0 when it found none."""
    if not hits:
        return Signals(0.0, 0.0, 0.0, 0.0, 0.0)
    scores = [hit.judgement.score for hit in hits if hit.judgement]
    weights = rarity(question, snapshot)
    held = matches([hit.passage.text for hit in hits[:STRONGEST]], list(weights))
    return Signals(
        best=max(scores, default=0.0),
        evidence=log_sum(scores) if scores else 0.0,
        closeness=max(hit.dense for hit in hits),
        coverage=share(frozenset[str]().union(*held), weights),
        sentence=max((logit for hit in hits[:STRONGEST] for logit in _sentences(hit)), default=0.0),
    )


def _sentences(hit: Hit) -> Iterator[float]:
    """What the reranker says of each sentence that it has read of a hit."""
    if hit.judgement is not None:
        judged = (hit.judgement.of(span.start, span.end) for span in sentences(hit.passage.text))
        yield from (logit for logit in judged if logit is not None)


def log_sum(scores: Sequence[float]) -> float:
    """The logarithm of the summed exponentials of some logits."""
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))
