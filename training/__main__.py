"""`python -m training SHARED [WORK]`: train the reranker and write it where it ships.

SHARED is the folder that holds `train/` and `data/`. WORK (default `.training`) keeps what takes long; a run that was
stopped goes on from there. Takes some hours on two cores.
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
HELD_OUT_YEAR = "2024"  # of the quiz


def main() -> None:
    """Train, check on held-out articles, export."""
    if len(sys.argv) not in {2, 3}:
        sys.exit("usage: python -m training SHARED [WORK]")
    shared, work = Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else ".training")  # noqa: PLR2004 - optional
    questions = split(shared, work)
    tokenizer = load_tokenizer(locate(BUILTIN, allow_download=False).folder)
    model = first_model(questions, work)
    _say("first", asdict(checked(model, questions, tokenizer, CHECKS)))
    model = second_model(questions, shared, model, work, HELD_OUT_YEAR)
    _say("second", asdict(checked(model, questions, tokenizer, CHECKS)))
    export(model, WEIGHTS)


def _say(name: str, figures: dict[str, float]) -> None:
    sys.stderr.write(f"{name}: {json.dumps(figures)}\n")


if __name__ == "__main__":
    main()
