"""`python -m training.calibrate DATA`: fit the probability of an answer, and the floor of refusals, where they ship.

DATA is the folder that `accord eval ranking` reads; the questions of all its sets are what is fitted to.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from corpus.answerability import Calibration, Calibrations
from corpus.embedding.location import BUILTIN
from corpus.reranking.location import NONE
from evals.ranking import calibration
from evals.ranking.data import Data, load
from evals.ranking.run import examples
from evals.settings import EvalSettings


def main() -> None:
    """Fit once to what the built-in reranker judges, and once to what is only fused."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and its one argument
        sys.exit("usage: python -m training.calibrate DATA")
    data = load(Path(sys.argv[1]))
    with tempfile.TemporaryDirectory(prefix="accord-calibrate-") as folder:
        judged, fused = (_fitted(data, reranker, Path(folder) / reranker) for reranker in (BUILTIN, NONE))
    Calibrations(judged, fused).dump()


def _fitted(data: Data, reranker: str, folder: Path) -> Calibration:
    folder.mkdir()
    return calibration.fit(examples(data, EvalSettings(reranker=reranker), folder))


if __name__ == "__main__":
    main()
