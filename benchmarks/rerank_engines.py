"""The engines that can run the built-in reranker, turn by turn: their speed, and how far their scores are apart.

Figures mean something only beside the others of the same run.

    python benchmarks/rerank_engines.py [--weights FILE] [--passages 50] [--rounds 3]

Without the file, and where none is shipped, the heads are random; the speed is the same.
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file

from corpus.embedding.location import BUILTIN, BUILTIN_SHA256, locate
from corpus.reranking.loading import load_pair_tokenizer, load_scorer
from corpus.reranking.location import BUILTIN_WEIGHTS
from corpus.reranking.pairs import Pair, heading, pair, plain_ids
from training.model import CrossEncoder

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
QUESTION = "Why did the talks between Tokyo and Washington stall on cars?"
CHARS = 1000
BATCH = 16  # pairs a pass of torch
Score = Callable[[list[Pair]], NDArray[np.float32]]


def engines(weights: Path) -> dict[str, Score]:
    """By name: scores of pairs. The first one is what the others are compared with."""
    model = CrossEncoder(locate(BUILTIN, allow_download=False).folder).eval()
    heads = ("score.", "token.")
    trained = {n if n.startswith(heads) else f"bert.{n}": w.float() for n, w in load_file(weights).items()}
    unknown = model.load_state_dict(trained, strict=False).unexpected_keys
    if unknown:
        raise SystemExit(f"{weights}: {unknown}")
    return {
        "torch float32": partial(by_torch, model, half=False),
        "torch bfloat16": partial(by_torch, model, half=True),
        "OpenVINO float32": by_openvino(weights, "f32"),
        "OpenVINO bfloat16": by_openvino(weights, "bf16"),
    }


def by_torch(model: CrossEncoder, pairs: list[Pair], *, half: bool) -> NDArray[np.float32]:
    """Scores, in batches of like length."""
    order = sorted(range(len(pairs)), key=lambda place: len(pairs[place].ids))
    scores = np.empty(len(pairs), np.float32)
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16) if half else contextlib.nullcontext():
        for first in range(0, len(order), BATCH):
            places = order[first : first + BATCH]
            scores[places] = model([pairs[place] for place in places]).scores.float().numpy()
    return scores


def by_openvino(weights: Path, precision: str) -> Score:
    """Scores by what Accord itself runs."""
    scorer = load_scorer(weights, precision)

    def score(pairs: list[Pair]) -> NDArray[np.float32]:
        return np.array([one for one, _ in scorer.scores(pairs, None) or ()], np.float32)

    return score


def shipped_or_random(folder: Path) -> Path:
    """The shipped weights, or a file with the packaged encoder under random heads."""
    if BUILTIN_WEIGHTS.is_file():
        return BUILTIN_WEIGHTS
    packaged = load_file(locate(BUILTIN, allow_download=False).folder / "model.safetensors")
    weights = {name: weight.bfloat16() for name, weight in packaged.items() if name.startswith("encoder.")}
    random = torch.Generator().manual_seed(3)
    for head, width in (("score", 768), ("token", 384)):
        weights[f"{head}.weight"] = torch.randn(1, width, generator=random).bfloat16()
        weights[f"{head}.bias"] = torch.zeros(1).bfloat16()
    save_file(weights, folder / "random.safetensors", {"base": BUILTIN_SHA256})
    return folder / "random.safetensors"


def made_pairs(wanted: int) -> list[Pair]:
    """A question with pieces of the shipped articles."""
    articles = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.md"))]
    texts = [text[at : at + CHARS] for text in articles for at in range(0, len(text) - CHARS // 2, CHARS)][:wanted]
    tokenizer = load_pair_tokenizer()
    question, about, *passages = plain_ids(tokenizer, [QUESTION, heading("Talks stall on autos", "2025-07-08"), *texts])
    return [pair(tokenizer, question, about, passage) for passage in passages]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Every engine scores the same pairs in every round."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--passages", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        every = engines(arguments.weights or shipped_or_random(Path(folder)))
    pairs = made_pairs(arguments.passages)
    scores = {name: score(pairs) for name, score in every.items()}  # warms up as well
    taken: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(arguments.rounds):
        for name, score in every.items():
            taken[name].append(seconds(partial(score, pairs)))
    reference = next(iter(every))
    tokens = statistics.mean(len(one.ids) for one in pairs)
    print(f"{len(pairs)} pairs of {tokens:.0f} tokens, {arguments.rounds} rounds, medians")
    print(f"the scores' standard deviation is {scores[reference].std():.3f}")
    for name, each in taken.items():
        ratio = statistics.median(taken[reference]) / statistics.median(each)
        apart = float(np.abs(scores[name] - scores[reference]).max())
        print(
            f"{name:>18}: {1000 * statistics.median(each):6.0f} ms, {ratio:4.2f} times as fast as {reference}, "
            f"scores at most {apart:.4f} from it"
        )


if __name__ == "__main__":
    main()
