"""The engines that can run the built-in embedding model, turn by turn: their speed, and how alike their vectors are.

Figures mean something only beside the others of the same run.

    python benchmarks/engines.py [ARTICLES.jsonl] [--texts 192] [--rounds 3]
"""

import argparse
import contextlib
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from corpus.embedding.location import BUILTIN, locate
from corpus.embedding.openvino_engine import OpenVinoEngine
from corpus.vectors import Vectors32

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
LENGTHS = (900, 900, 900, 400, 100)  # of passages, characters, in turn
QUESTION = "Why did the talks between Tokyo and Washington stall on cars?"
QUESTIONS = 20
Encode = Callable[[list[str]], Vectors32]


def engines() -> dict[str, Encode]:
    """By name: vectors of texts. The first one is what the others are compared with."""
    location = locate(BUILTIN, allow_download=False)
    model = SentenceTransformer(str(location.folder), device="cpu")

    def torch_engine(*, half: bool) -> Encode:
        def encode(texts: list[str]) -> Vectors32:
            with torch.autocast("cpu", dtype=torch.bfloat16) if half else contextlib.nullcontext():
                vectors = model.encode(texts, normalize_embeddings=True, convert_to_tensor=True)
            return vectors.float().numpy()

        return encode

    return {
        "torch float32": torch_engine(half=False),
        "torch bfloat16": torch_engine(half=True),
        "OpenVINO float32": OpenVinoEngine(location, "f32").encode,
        "OpenVINO bfloat16": OpenVinoEngine(location, "bf16").encode,
    }


def passages(source: Path, wanted: int) -> list[str]:
    """Pieces of articles, of several lengths."""
    if source.is_dir():
        articles = [path.read_text("utf-8") for path in sorted(source.glob("*.md"))]
    else:
        articles = [json.loads(line)["text"] for line in source.read_text("utf-8").splitlines()]
    found: list[str] = []
    for article in articles:
        start = 0
        while start < len(article):
            length = LENGTHS[len(found) % len(LENGTHS)]
            found.append(article[start : start + length])
            start += length
    return found[:wanted]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Every engine embeds the same texts in every round, and then one question a few times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--texts", type=int, default=192)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    texts = passages(arguments.source, arguments.texts)
    every = engines()
    vectors = {name: encode(texts) for name, encode in every.items()}  # warms up as well
    batch: dict[str, list[float]] = {name: [] for name in every}
    single: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(arguments.rounds):
        for name, encode in every.items():
            batch[name].append(seconds(partial(encode, texts)))
            single[name] += [seconds(partial(encode, [QUESTION])) for _ in range(QUESTIONS)]
    reference = next(iter(every))
    print(f"{len(texts)} texts, {arguments.rounds} rounds, medians")
    for name in every:
        rate = len(texts) / statistics.median(batch[name])
        ratio = statistics.median(batch[reference]) / statistics.median(batch[name])
        cosine = float(np.min((vectors[name] * vectors[reference]).sum(1)))
        question = statistics.median(single[name]) * 1000
        print(
            f"{name:>18}: {rate:6.1f} texts/s, {ratio:4.2f} times {reference}, one question {question:5.1f} ms, "
            f"least cosine to it {cosine:.5f}"
        )


if __name__ == "__main__":
    main()
