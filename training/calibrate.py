"""`python -m training.calibrate DATA`: fit the probability of an answer, and the floor of refusals, where they ship.

DATA is the folder that `accord eval ranking` reads; its trade questions are what is fitted to.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from corpus.answerability import Calibration, Calibrations
from corpus.embedding.location import BUILTIN
from corpus.reranking.location import NONE
from evals.ranking import calibration, stores, trade
from evals.ranking.data import TradeSet, load
from evals.ranking.searching import searching
from evals.settings import EvalSettings


def main() -> None:
    """Fit once to what the built-in reranker judges, and once to what is only fused."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and its one argument
        sys.exit("usage: python -m training.calibrate DATA")
    questions = load(Path(sys.argv[1])).trade
    if questions is None:
        sys.exit(f"training.calibrate: {sys.argv[1]} has no trade_dev folder to fit to.")
    with tempfile.TemporaryDirectory(prefix="accord-calibrate-") as folder:
        judged, fused = (_fitted(questions, reranker, Path(folder) / reranker) for reranker in (BUILTIN, NONE))
    Calibrations(judged, fused).dump()


def _fitted(questions: TradeSet, reranker: str, folder: Path) -> Calibration:
    store = stores.from_file(EvalSettings(reranker=reranker), folder, questions.articles)
    with searching(store) as searcher:
        return calibration.fit(trade.examples(questions.rows, searcher))


if __name__ == "__main__":
    main()
