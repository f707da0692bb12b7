"""`python -m training SHARED [WORK]`: train the reranker and write it where it ships.

SHARED is the folder that holds `train/` and `data/`. WORK (default `.training`) keeps what takes long; a run that was
stopped goes on from there. Takes some hours on two cores. The model that ships has not read one year of the quiz; for
each of the other years WORK/folds gets a model that has not read that one, for `accord eval ranking --folds`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from corpus.embedding.location import BUILTIN, locate
from corpus.embedding.tokens import load_tokenizer
from training.check import checked
from training.export import export
from training.recipe import first_model, second_model, split

WEIGHTS = Path(__file__).parent.parent / "corpus/reranking/weights/reranker.safetensors"
CHECKS = 400  # held-out questions
YEARS = ("2024", "2023", "2022")  # of the quiz; the model that has not read the first one ships


def main() -> None:
    """Train, check on held-out articles, export."""
    if len(sys.argv) not in {2, 3}:
        sys.exit("usage: python -m training SHARED [WORK]")
    shared, work = Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else ".training")  # noqa: PLR2004 - optional
    questions = split(shared, work)
    tokenizer = load_tokenizer(locate(BUILTIN, allow_download=False).folder)
    first = first_model(questions, work)
    _say("first", asdict(checked(first, questions, tokenizer, CHECKS)))
    for year in YEARS:
        model = second_model(questions, shared, first, work, year)
        _say(f"without {year}", asdict(checked(model, questions, tokenizer, CHECKS)))
        export(model, WEIGHTS if year == YEARS[0] else work / "folds" / f"{year}.safetensors")


def _say(name: str, figures: dict[str, float]) -> None:
    sys.stderr.write(f"{name}: {json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
